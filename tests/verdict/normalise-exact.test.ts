import { describe, expect, test } from 'vitest';
import { shapeOfText } from '../../verdict/normalise.ts';

const uuid = '6fa459ea-ee8a-4ca4-894e-db77e160355e';

/** The shape goes into signatures, which are compared with those of earlier runs: every character of it counts. */
describe('a message becomes', () => {
  test.each([
    ['internal error: spawn_failed', 'internal error: spawn_failed'],
    ['Error: internal error: spawn_failed', 'internal error: spawn_failed'],
    ['cannot remove box aB3dE5gH7jK9: it is running', 'cannot remove box <x>: it is running'],
    ['cannot remove box nobody', 'cannot remove box <x>'],
    ['no such box: nobody', 'no such box: <x>'],
    [`lock ${uuid} is held`, 'lock <id> is held'],
    [`lock ${uuid.toUpperCase()} is held`, 'lock <id> is held'],
    ['GET http://localhost:8100/v1/boxes failed', 'get <url> failed'],
    ['cannot open /tmp/h1/x.sock: refused', 'cannot open <path>: refused'],
    ['pid=4711 left (code 137), took -1.5s', 'pid=<n> left (code <n>), took <n>s'],
    ['value "two words" is taken', 'value <q> is taken'],
    ['value "say \\"hello\\" once" is taken', 'value <q> is taken'],
    ['value `two words` is taken', 'value <q> is taken'],
    ["value 'two words' is taken", 'value <q> is taken'],
    ["it can't be and won't be", "it can't be and won't be"],
    ['', ''],
    [' \n\t', ''],
  ])('%j: %j', (text, shape) => {
    expect(shapeOfText(text)).toBe(shape);
  });

  test.each([
    '2026-06-09T07:05:00',
    '2026-06-09 07:05:00',
    '2026-06-09T07:05:00Z',
    '2026-06-09T07:05:00.25Z',
    '2026-06-09T07:05:00UTC',
    '2026-06-09 07:05:00.123456 UTC',
    '2026-06-09T07:05:00+02:00',
    '2026-06-09T07:05:00.1-0530',
  ])('a time: %s', (time) => {
    expect(shapeOfText(`since ${time} it hangs`)).toBe('since <time> it hangs');
  });

  test.each(['127.0.0.1', '10.0.0.1:9', '192.168.100.200:41337'])('an address: %s', (address) => {
    expect(shapeOfText(`connect to ${address} failed`)).toBe('connect to <addr> failed');
  });

  test.each(['0x7ffd12ab', '7ffd12ab', 'DEADBEEF01', '0123456789abcdef'])('a hexadecimal: %s', (hex) => {
    expect(shapeOfText(`fault at ${hex} (${hex}).`)).toBe('fault at <hex> (<hex>).');
  });

  test.each([
    'aB3dE5gH7jK9',
    'b7obr3fsb9xi',
    'deadbeef1234',
    'AB3DE5GH7JK9',
    'aBcDeFgHiJkL',
  ])('an id of twelve characters, wherever it stands: %s', (id) => {
    expect(shapeOfText(`${id} (${id}) shim-${id}-log`)).toBe('<id> (<id>) shim-<id>-log');
  });
});

test.each([
  'disconnected',
  'Disconnected',
  'INITIALIZING',
  'InvalidState',
  'invalidState',
  'deadbeef',
  'transitioning',
])('%s is a word, no id and no number', (word) => {
  expect(shapeOfText(`it is ${word}`)).toBe(`it is ${word.toLowerCase()}`);
});

test.each([
  ['took 5 s', 'took 1.5 s'],
  ['took 5 s', 'took 1,024.5 s'],
  ['offset 5', 'offset -5'],
  ['offset 5', 'offset +5'],
  ['pid=5', 'pid=12345678'],
  ['after 5us', 'after 12345678us'],
  ['read 5<eof>', 'read 17<eof>'],
  ['read <max>5', 'read <max>17'],
])('numbers are told alike however they are written: %j and %j', (a, b) => {
  expect(shapeOfText(b)).toBe(shapeOfText(a));
});

test('a placeholder of a usage text keeps its name', () => {
  expect(shapeOfText('usage: boxlite cp <path1> <path2>')).toBe('usage: boxlite cp <path1> <path2>');
});

describe('of many lines', () => {
  const error = 'Error: spawn_failed';

  test.each([
    ['one that begins with an error', `INFO the last error is forgotten\n${error}`, error],
    ['one that begins with errors', `INFO all is well\nErrors were found`, 'Errors were found'],
    ['an indented one', `INFO all is well\n   ${error}  \r\n`, error],
    [
      'a panic',
      "INFO all is well\nthread 'vm' panicked at src/a.rs: boom\nnote: none",
      "thread 'vm' panicked at src/a.rs: boom",
    ],
    [
      'a panic without a place',
      "INFO all is well\nthread 'vm' panicked: boom\nnote: none",
      "thread 'vm' panicked: boom",
    ],
    [
      'a panic that is logged',
      'INFO all is well\nshim: panicked at src/a.rs: boom',
      'shim: panicked at src/a.rs: boom',
    ],
  ])('%s alone counts', (_, text, alone) => {
    expect(shapeOfText(text)).toBe(shapeOfText(alone));
  });

  test.each([
    ['[boxlite] stopping the box\nit broke', 'it broke'],
    ['  [boxlite] stopping the box\nit broke', 'it broke'],
    ['it broke in [boxlite]\nand was lost', 'it broke in [boxlite] and was lost'],
    ['it broke\nand was lost', 'it broke and was lost'],
    // A blank line does not part a word from the name that follows it.
    ['it broke the box\n\nnobody: lost', 'it broke the box nobody: lost'],
  ])('without an error all but notices and blank lines: %j', (text, one) => {
    expect(shapeOfText(text)).toBe(shapeOfText(one));
  });
});

test.each([
  ['invalid state: invalid state: invalid state: stopped', 'invalid state: stopped'],
  ['cannot stop: invalid state: Invalid state: stopped', 'cannot stop: invalid state: stopped'],
  ['grid: id: lost', 'grid: id: lost'],
])('a prefix that is repeated is told once: %j', (text, shape) => {
  expect(shapeOfText(text)).toBe(shape);
});

test('a long message is cut, without a space where the cut falls', () => {
  const long = `${'x'.repeat(119)} and more`;
  expect(shapeOfText(long)).toBe('x'.repeat(119));
  expect(shapeOfText('y'.repeat(130))).toBe('y'.repeat(120));
  expect(shapeOfText(`Error:   ${'z'.repeat(130)}`)).toBe('z'.repeat(120));
});
