import { describe, expect, it } from 'vitest';
import type { Observation } from '../../domain/observation.ts';
import type { Expect } from '../../model/expect.ts';
import type { Failure } from '../../program/failure.ts';
import type { Step } from '../../program/step.ts';
import { sameSignature, signatureOf } from '../../verdict/signature.ts';

const exec = (on = 'box1', via: 'cli' | 'rest' = 'cli', out = 'hi'): Step => ({
  op: 'exec',
  via,
  on,
  work: { do: 'print', out, err: '', code: 0 },
});

const ran = (out: string, code = 0): Expect => ({
  is: 'ended',
  codes: [code],
  out: { exactly: out },
  err: { exactly: '' },
});

const unexpected = (step: Step, expect: Expect, seen: Observation, situation = 'job/running'): Failure => ({
  kind: 'unexpected',
  at: 3,
  step,
  allowed: [{ label: 'ran', expect }],
  seen,
  differences: [],
  situation,
});

const ended = (out: string, code: number | null = 0): Observation => ({ is: 'ended', code, out, err: '' });

const server = (text: string, at = 2): Failure => ({
  kind: 'oracle',
  oracle: 'broken-answer',
  at,
  step: exec('box1', 'rest'),
  detail: `5xx: ${text}`,
  seen: { is: 'broken', how: '5xx', status: 500, text },
  situation: 'sandbox/stopped',
});

const leak = (detail: string, at = 9): Failure => ({
  kind: 'oracle',
  oracle: 'leak',
  at,
  step: null,
  detail,
  situation: 'end',
});

const allowing = (...labels: string[]): Failure => ({
  ...(unexpected(exec(), ran('hi'), ended('')) as Failure & { kind: 'unexpected' }),
  allowed: labels.map((label) => ({ label, expect: ran('hi') })),
});

describe('one bug has one signature', () => {
  it.each<[string, Failure, Failure]>([
    [
      'whatever box, payload and place in the program (upstream #563)',
      unexpected(exec('box1', 'cli', 'hi'), ran('hi'), ended('')),
      { ...unexpected(exec('box7', 'cli', 'other text'), ran('other text'), ended('')), at: 11 } as Failure,
    ],
    [
      'however much of the output is lost',
      unexpected(exec(), ran('0123456789'), ended('0123')),
      unexpected(exec(), ran('abcdefghij'.repeat(99)), ended('abcdefghijabc')),
    ],
    [
      'whatever codes the programs used',
      unexpected(exec(), ran('x', 42), ended('x', 7)),
      unexpected(exec(), ran('x', 23), ended('x', 99)),
    ],
    [
      'with other ids, ports and paths in the message',
      server('internal error: box aB3dE5gH7jK9 at /tmp/h1/x.sock:8100 gone after 31 ms'),
      server('internal error: box Zz9Yy8Xx7Ww6 at /tmp/hh/y.sock:9 gone after 5 ms', 17),
    ],
    [
      'however many of one kind are left behind, in whatever order',
      leak('left behind: process 4711 boxlite-shim; file /home/a/boxes/aB3dE5gH7jK9'),
      leak(
        'left behind: file /home/b/boxes/Zz9Yy8Xx7Ww6\nfile /home/b/boxes/Qq1Ww2Ee3Rr4\nprocess 9 boxlite-shim',
        3,
      ),
    ],
    [
      'with or without an empty line at the end',
      leak('left behind: process 9 boxlite-shim\n'),
      leak('left behind: process 7 boxlite-shim'),
    ],
    [
      'whatever else is left, of so many things that it is a disaster',
      leak('a\nb\nc\nd\ne'),
      leak('f\nd\nc\nb\na'),
    ],
    [
      'in whatever order the contract tells what it allows',
      allowing('stopped', 'gone'),
      allowing('gone', 'stopped', 'gone'),
    ],
  ])('%s', (_, a, b) => {
    expect(signatureOf(b)).toEqual(signatureOf(a));
    expect(sameSignature(a, b)).toBe(true);
  });
});

describe('two bugs have two signatures', () => {
  const lost = unexpected(exec(), ran('hi'), ended(''));
  it.each<[string, Failure, Failure]>([
    ['another surface', lost, unexpected(exec('box1', 'rest'), ran('hi'), ended(''))],
    ['another situation', lost, unexpected(exec(), ran('hi'), ended(''), 'sandbox/stopped')],
    ['output lost or code lost', lost, unexpected(exec(), ran('hi'), ended('hi', null))],
    ['output lost or repeated', lost, unexpected(exec(), ran('hi'), ended('hihi'))],
    [
      'wrong code 0 or wrong code 1',
      unexpected(exec(), ran('', 7), ended('', 0)),
      unexpected(exec(), ran('', 7), ended('', 1)),
    ],
    [
      'another message',
      server('internal error: spawn_failed'),
      server('internal error: invalidated after stop()'),
    ],
    ['four things left or only three of them', leak('a\nb\nc\nd'), leak('a\nb\nc')],
    ['something left behind, or a remark on it', leak('a b'), leak('a left behind: b')],
    ['processes or files left', leak('process 1 boxlite-shim'), leak('file /home/a/boxes/x1')],
    [
      'refused instead of done, with another code',
      unexpected(exec(), ran('hi'), {
        is: 'refused',
        status: 404,
        type: 'NotFoundError',
        code: 'not_found',
        text: 'x',
      }),
      unexpected(exec(), ran('hi'), {
        is: 'refused',
        status: 409,
        type: 'InvalidStateError',
        code: 'invalid_state',
        text: 'x',
      }),
    ],
    [
      'a hang or an untyped answer',
      { ...server(''), seen: { is: 'broken', how: 'hang', text: '' } } as Failure,
      server(''),
    ],
  ])('%s', (_, a, b) => {
    expect(sameSignature(a, b)).toBe(false);
  });
});

describe('a signature', () => {
  it('has a key fit for a file name and a text for a person', () => {
    const { key, text, family } = signatureOf(unexpected(exec(), ran('hi'), ended('')));
    expect(key).toMatch(/^exec-cli-[0-9a-f]{10}$/u);
    expect(text).toBe('exec via cli in job/running: ended out=empty; allowed: ran');
    expect(family).toBe('exec: ended out=empty; allowed: ran');
  });

  it('names each allowed outcome once, and each thing that is left', () => {
    expect(signatureOf(allowing('stopped', 'gone', 'stopped')).complaint).toBe(
      'ended out=empty; allowed: gone, stopped',
    );
    expect(signatureOf(leak('left behind: port; file; port')).complaint).toBe('file / port');
  });

  it('is there for leaks and stale marks too', () => {
    expect(signatureOf(leak('process 1')).key).toMatch(/^end-any-/u);
    const stale: Failure = {
      kind: 'stale-mark',
      id: 'x',
      at: 0,
      step: exec(),
      situation: 'job/running',
      detail: 'd',
    };
    expect(signatureOf(stale).text).toContain('known divergence x did not show');
  });

  it('compares with the nearest of the allowed outcomes', () => {
    const failure = unexpected(exec(), ran('hi'), ended('hi', 1));
    if (failure.kind !== 'unexpected') throw new Error('made above');
    const twice: Failure = {
      ...failure,
      allowed: [{ label: 'other', expect: ran('unlike', 9) }, ...failure.allowed],
    };
    expect(signatureOf(twice).text).toContain('ended code=1;');
  });
});
