import { describe, expect, test } from 'vitest';
import type { Observation } from '../../../domain/observation.ts';
import type { Expect } from '../../../model/expect.ts';
import type { Difference } from '../../../verdict/diff.ts';
import { eventOf, historyOf } from './arbitrary.ts';
import { classesOf, compared } from './compared.ts';

/** The differences between two answers that fitted one expectation. */
function between(expectation: Expect, a: Observation, b: Observation): readonly Difference[] {
  const run = (seen: Observation) =>
    historyOf([eventOf(0, seen, { allowed: [{ label: 'usual', expect: expectation }] })]);
  return compared(run(a), run(b)).differences;
}

const box = { id: 'abcdefghijkl', name: 'n', status: 'stopped', exitCode: 3, pid: null };
const inState = (...states: string[]): Expect => ({
  is: 'box',
  box: { handle: 'box1', name: 'n', states: states.map((status) => ({ status, code: 'any' })) },
});
const ended = { is: 'ended', code: 3, out: 'out\n', err: '' } as const;
const exact: Expect = { is: 'ended', codes: [3, 4], out: { exactly: 'out\n' }, err: { exactly: '' } };
const refused = {
  is: 'refused',
  status: 404,
  type: 'NotFoundError',
  code: 'not_found',
  text: 'no such box x',
} as const;
const because: Expect = { is: 'refused', reason: 'unknown-box' as never };
const stream: Observation = { is: 'stream', out: 'a', err: '', errors: [], exit: 0, closed: { code: 1000 } };
const streamEnds = (exitFrame: 'must' | 'may'): Expect => ({
  is: 'stream',
  out: { exactly: 'a' },
  err: { exactly: '' },
  errors: [],
  end: { exitFrame, codes: [] },
});
const mounts = (text: string): Observation => ({ ...ended, out: text });
const mountsExpect: Expect = {
  is: 'ended',
  codes: [3],
  out: { mounts: [], hidden: [] },
  err: { exactly: '' },
};

describe('answers within one outcome', () => {
  test.each<[string, Expect, Observation, Observation, string[], RegExp]>([
    ['another exit code', exact, ended, { ...ended, code: 4 }, ['within'], /^code: left 3 \/ right 4$/u],
    ['other bytes', exact, ended, { ...ended, out: 'x\n' }, ['within'], /other stdout/u],
    ['another middle of much', exact, long('a'), long('b'), ['within'], /other stdout/u],
    [
      'another status',
      inState('stopped'),
      { is: 'box', box },
      { is: 'box', box: { ...box, status: 'failed' } },
      ['within'],
      /status: left stopped \/ right failed/u,
    ],
    [
      'another name',
      inState('stopped'),
      { is: 'box', box },
      { is: 'box', box: { ...box, name: null } },
      ['within'],
      /other name/u,
    ],
    [
      'a process',
      inState('stopped'),
      { is: 'box', box },
      { is: 'box', box: { ...box, pid: 5 } },
      ['within'],
      /pid: left none \/ right told/u,
    ],
    [
      'another code of a refusal',
      because,
      refused,
      { ...refused, code: 'gone' },
      ['within'],
      /code: left not_found \/ right gone/u,
    ],
    [
      'another close code',
      streamEnds('must'),
      stream,
      { ...stream, closed: { code: 1011 } },
      ['within'],
      /closed: left 1000 \/ right 1011/u,
    ],
    [
      'other mounts',
      mountsExpect,
      mounts('t /a virtiofs ro'),
      mounts('t /a virtiofs rw'),
      ['within'],
      /mounts on stdout/u,
    ],
    [
      'another file',
      { is: 'bytes', data: null },
      { is: 'bytes', data: 'a' },
      { is: 'bytes', data: null },
      ['within'],
      /other data/u,
    ],
    [
      'an id that is not told',
      { is: 'made' },
      { is: 'done', id: 'abcdefghijkl' },
      { is: 'done' },
      ['within'],
      /id: left told \/ right none/u,
    ],
    [
      'a state the contract leaves open',
      inState('running', 'stopped'),
      { is: 'box', box },
      { is: 'box', box: { ...box, status: 'running' } },
      ['either'],
      /^a race in status$/u,
    ],
    [
      'another state in a list',
      { is: 'boxes', boxes: [], optional: [] },
      { is: 'boxes', boxes: [box] },
      { is: 'boxes', boxes: [{ ...box, status: 'running' }] },
      ['within'],
      /^states: left stopped 3 \/ right running 3$/u,
    ],
    [
      'a list that may or may not hold a box',
      { is: 'boxes', boxes: [], optional: [{ handle: 'box1', name: 'n', states: [] }] },
      { is: 'boxes', boxes: [] },
      { is: 'boxes', boxes: [box] },
      ['either'],
      /^a race in states$/u,
    ],
    [
      'output of a command that was cut',
      { ...exact, out: { prefixOf: 'out\n' } } as Expect,
      ended,
      { ...ended, out: 'o' },
      ['either'],
      /^a race in stdout$/u,
    ],
    [
      'an exit frame that may come',
      streamEnds('may'),
      stream,
      { is: 'stream', out: 'a', err: '', errors: [], closed: { code: 1000 } },
      ['either'],
      /^a race in exit frame$/u,
    ],
    [
      'notices on stderr',
      { ...exact, err: { contains: [''] } } as Expect,
      ended,
      { ...ended, err: 'WARN: slow\n' },
      ['wording'],
      /stderr/u,
    ],
    ['another message', because, refused, { ...refused, text: 'box is unknown' }, ['wording'], /message/u],
    [
      'another word and another code',
      because,
      refused,
      { ...refused, code: 'gone', text: 'it left' },
      ['within', 'wording'],
      /code/u,
    ],
  ])('%s', (_, expectation, a, b, wanted, what) => {
    const found = between(expectation, a, b);
    expect(classesOf(found)).toEqual(wanted);
    expect(found[0]?.what).toMatch(what);
  });

  test.each<[string, Expect, Observation, Observation]>([
    [
      'the place of an image',
      inState('stopped'),
      { is: 'box', box: { ...box, image: 'rootfs:/a' } },
      { is: 'box', box: { ...box, image: 'rootfs:/b' } },
    ],
    ['the names in a message', because, refused, { ...refused, text: 'no such box y' }],
    [
      'what the runtime mounts for itself',
      mountsExpect,
      mounts('t /a virtiofs rw\np /proc proc rw'),
      mounts('q /dev dev rw\nt /a virtiofs rw'),
    ],
    [
      "a shared runtime's tag",
      inState('stopped'),
      { is: 'box', box },
      { is: 'box', box: { ...box, name: 'bc17-n' } },
    ],
    [
      'the order of a list',
      { is: 'boxes', boxes: [], optional: [] },
      { is: 'boxes', boxes: [box, { ...box, status: 'running' }] },
      { is: 'boxes', boxes: [{ ...box, status: 'running' }, box] },
    ],
  ])('not compared: %s', (_, expectation, a, b) => {
    expect(between(expectation, a, b)).toEqual([]);
  });
});

function long(middle: string): Observation {
  return { ...ended, out: `${'x'.repeat(500)}${middle}${'x'.repeat(500)}` };
}
