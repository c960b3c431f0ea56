import { describe, expect, it } from 'vitest';
import { shapeOfText } from '../../verdict/normalise.ts';

const same: readonly (readonly [string, string])[] = [
  ['Error: No such box: nobody', 'Error: No such box: zz/ü %'],
  ['not found: box aB3dE5gH7jK9', 'not found: box Zz9Yy8Xx7Ww6'],
  ['cannot remove box aB3dE5gH7jK9: it is running', 'cannot remove box Qq1Ww2Ee3Rr4: it is running'],
  [
    'execution 0b54a6a1-3a29-4d0b-9d0f-6f0f3f2f1a11 already has an attached client',
    'execution 6fa459ea-ee8a-4ca4-894e-db77e160355e already has an attached client',
  ],
  ['io error at /tmp/bc-1a2b/home/boxes/x.sock: refused', 'io error at /var/run/h7/boxes/yy.sock: refused'],
  ['connect to 127.0.0.1:8100 failed', 'connect to 127.0.0.1:41337 failed'],
  ['GET http://localhost:8100/v1/boxes/a1', 'GET http://localhost:9/v1/boxes/b2'],
  ['wrote 4096 of 300000 bytes in 1.5s', 'wrote 12 of 70000 bytes in 31.25s'],
  ['at 2026-06-09T07:05:00Z it broke', 'at 2027-01-01 00:00:00 UTC it broke'],
  ["box with name 'alpha' already exists", "box with name 'two words' already exists"],
  ['invalid state: invalid state: stopped', 'invalid state: stopped'],
  ['\u001b[31mError:\u001b[0m spawn_failed', 'Error: spawn_failed'],
  ['[boxlite] Auto-stopping non-detached box: id=x\nError: spawn_failed', 'Error: spawn_failed'],
  ['WARN something took long\nError: spawn_failed', 'INFO all is well\nError: spawn_failed'],
  ['container deadbeefdeadbeef is gone', 'container 0123456789abcdef is gone'],
];

const different: readonly (readonly [string, string])[] = [
  ['internal error: InitReady, expected: IntermediateReady(0)', 'internal error: spawn_failed'],
  ['invalid state: stopped', 'invalid state: failed'],
  ['Unresponsive guest', 'Disconnected guest'],
  ['not found: box x1', 'No such box: x1'],
  [
    "thread 'main' panicked at src/a.rs:1:2: index out of bounds",
    "thread 'main' panicked at src/a.rs:9:9: unwrap on None",
  ],
];

describe('the shape of a message', () => {
  it.each(same)('is the same for %j and %j', (a, b) => {
    expect(shapeOfText(a)).toBe(shapeOfText(b));
  });

  it.each(different)('differs between %j and %j', (a, b) => {
    expect(shapeOfText(a)).not.toBe(shapeOfText(b));
  });

  it('keeps words of twelve letters', () => {
    expect(shapeOfText('Disconnected InvalidState')).toBe('disconnected invalidstate');
  });

  it('is bounded and has no line breaks', () => {
    const shape = shapeOfText(`bad thing\n${'word '.repeat(1000)}`);
    expect(shape.length).toBeLessThanOrEqual(120);
    expect(shape).not.toMatch(/\n/u);
  });

  it('is its own shape', () => {
    for (const [text] of [...same, ...different]) {
      expect(shapeOfText(shapeOfText(text)), text).toBe(shapeOfText(text));
    }
  });
});

it('an id inside a longer word is an id too', () => {
  const shapes = ['boxlite-helper-b7obr3fsB9xi', 'boxlite-helper-Vgsirynpil4r'].map((word) =>
    shapeOfText(`process ${word} -c sleep 10`),
  );
  expect(shapes).toEqual(Array(2).fill('process boxlite-helper-<id> -c sleep <n>'));
  expect(shapeOfText('a well-understood-implementing word')).toBe('a well-understood-implementing word');
});
