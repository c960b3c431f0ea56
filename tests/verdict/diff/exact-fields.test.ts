import { describe, expect, test } from 'vitest';
import type { BoxObservation, Observation, StreamObservation } from '../../../domain/observation.ts';
import type { Expect } from '../../../model/expect.ts';
import { fieldsOf } from '../../../verdict/diff/fields.ts';

/** Every respect of an answer, in the words it is told in: exact, as each decides what counts as a difference. */
const told = (seen: Observation, expectation: Expect | null = null) =>
  fieldsOf(seen, expectation).map(
    ({ name, value, rank, data }) => `${name}: ${value} (${rank}${data ? ', data' : ''})`,
  );

const box: BoxObservation = { id: 'AAAA', name: 'bc12-n', status: 'stopped', exitCode: 3, pid: null };
const shown = (part: Partial<BoxObservation>): Observation => ({ is: 'box', box: { ...box, ...part } });
const state = (status: string) => ({ status, code: 'any' as const });
const wanted = (...states: string[]) => ({ handle: 'box1', name: 'n', states: states.map(state) });

const boxLines = (changed: Record<string, string> = {}, rank = 'free') => {
  const lines: Record<string, string> = {
    answer: 'box (firm)',
    name: '"n" (firm, data)',
    status: `stopped (${rank})`,
    code: `3 (${rank})`,
    pid: `none (${rank})`,
    image: 'not shown (firm)',
    ...changed,
  };
  return Object.entries(lines).map(([name, line]) => `${name}: ${line}`);
};

describe('a box', () => {
  test.each<[Partial<BoxObservation>, Record<string, string>]>([
    [{}, {}],
    [{ name: null }, { name: 'none (firm, data)' }],
    [{ name: 'xbc12-n' }, { name: '"xbc12-n" (firm, data)' }],
    [{ status: 'failed' }, { status: 'failed (free)' }],
    [{ exitCode: null }, { code: 'none (free)' }],
    [{ zeroCode: true }, { code: '0 or none (free)' }],
    [{ pid: 5 }, { pid: 'told (free)' }],
    [{ image: 'alpine:rootfs:' }, { image: 'image (firm)' }],
    [{ image: 'rootfs:/x' }, { image: 'rootfs (firm)' }],
  ])('%j', (part, changed) => {
    expect(told(shown(part))).toEqual(boxLines(changed));
  });

  test('a view that does not tell code and pid', () => {
    const bare: Observation = { is: 'box', box: { id: 'AAAA', name: 'n', status: 'stopped' } };
    expect(told(bare)).toEqual(boxLines({ code: 'not shown (free)', pid: 'not shown (free)' }));
  });

  test('where the contract allows one state it is firm, in a box as in an answer that tells one', () => {
    expect(told(shown({}), { is: 'box', box: wanted('stopped') })).toEqual(boxLines({}, 'firm'));
    expect(told(shown({}), { is: 'box', box: wanted('stopped', 'running') })).toEqual(boxLines());
    const done = told({ is: 'done', box }, { is: 'done', box: wanted('stopped') });
    expect(done).toEqual(expect.arrayContaining(['status: stopped (firm)', 'answer: done (firm)']));
    expect(told({ is: 'done' })).toEqual(expect.arrayContaining(['box: none (firm)']));
  });
});

describe('a list', () => {
  const list: Observation = { is: 'boxes', boxes: [{ ...box, id: 'BBBB', status: 'x' }, box] };
  const lines = (rank: string) => ['answer: boxes (firm)', `states: stopped 3, x 3 (${rank})`];

  test.each<[string, Expect | null, string]>([
    ['nothing expected', null, 'firm'],
    ['one state each', { is: 'boxes', boxes: [wanted('stopped')], optional: [] }, 'firm'],
    ['several states', { is: 'boxes', boxes: [wanted('x'), wanted('a', 'b')], optional: [] }, 'free'],
    ['one that may be there', { is: 'boxes', boxes: [], optional: [wanted('x')] }, 'free'],
  ])('%s', (_, expectation, rank) => {
    expect(told(list, expectation)).toEqual(lines(rank));
  });

  test('without boxes', () => {
    expect(told({ is: 'boxes', boxes: [] }).slice(1)).toEqual(['states: no boxes (firm)']);
  });
});

describe('a stream', () => {
  const stream = (part: Partial<StreamObservation> = {}): Observation => ({
    is: 'stream',
    out: 'o',
    err: '',
    errors: [],
    closed: null,
    ...part,
  });
  const expectation = (part: object): Expect =>
    ({
      is: 'stream',
      out: { exactly: 'o' },
      err: { exactly: '' },
      errors: [],
      end: 'open',
      ...part,
    }) as Expect;
  const end = (part: Partial<StreamObservation>, expected: object | null = null) =>
    told(stream(part), expected && expectation(expected)).slice(3);

  test('tells output, errors by their codes, exit frame and close', () => {
    expect(told(stream())).toEqual([
      'answer: stream (firm)',
      'stdout: "o" (firm, data)',
      'stderr: "" (firm, data)',
      'errors:  (firm)',
      'exit frame: none (firm)',
      'closed: open (firm)',
      'error frames:  (text)',
    ]);
    const errors = [{ message: 'it failed', code: 'c' }, { message: 'again' }];
    expect(end({ errors, exit: 0, closed: { code: 1008 } })).toEqual([
      'errors: c none (firm)',
      'exit frame: 0 (firm)',
      'closed: 1008 (firm)',
      'error frames: it failed again (text)',
    ]);
  });

  test('is a race where something may come', () => {
    const ranks = (expected: object) => end({}, expected).map((line) => line.replace(/.*\((\w+).*/u, '$1'));
    expect(ranks({})).toEqual(['firm', 'firm', 'firm', 'text']);
    expect(ranks({ errors: [{ text: 'a' }, { text: 'b', optional: true }] })[0]).toBe('free');
    expect(ranks({ errors: [{ text: 'a' }] })[0]).toBe('firm');
    expect(ranks({ end: { exitFrame: 'may', codes: [] } })[1]).toBe('free');
    expect(ranks({ end: { exitFrame: 'must', codes: [] } })[1]).toBe('firm');
  });
});

describe('other answers', () => {
  const batch: Observation = {
    is: 'batch',
    each: [
      { text: 'a', ok: true },
      { text: 'b', ok: false },
    ],
    exit: 1,
    err: 'Error: no such box: b',
  };

  test.each<[Observation, string[]]>([
    [{ is: 'done', id: 'x' }, ['id: told (firm)', 'box: none (firm)']],
    [batch, ['targets: done failed (firm)', 'exit: 1 (firm)', 'stderr: no such box: <x> (text)']],
    [{ is: 'execution', status: 'completed', code: 0 }, ['status: completed (firm)', 'code: 0 (firm)']],
    [{ is: 'execution', status: 'running' }, ['status: running (firm)', 'code: none (firm)']],
    [
      { is: 'ended', code: null, out: '', err: 'e' },
      ['code: none (firm)', 'stdout: "" (firm, data)', 'stderr: "e" (firm, data)'],
    ],
    [{ is: 'attached' }, ['execution: not told (firm)']],
    [{ is: 'attached', executionId: 'x' }, ['execution: told (firm)']],
    [{ is: 'bytes', data: null }, ['data: none (firm, data)']],
    [{ is: 'bytes', data: 'x'.repeat(200) }, [`data: "${'x'.repeat(200)}" (firm, data)`]],
    [{ is: 'refused', exit: 1, text: 'no' }, ['exit: 1 (firm)', 'message: no (text)']],
    [
      { is: 'broken', how: '5xx', status: 500, text: 'oh' },
      ['how: 5xx (firm)', 'status: 500 (firm)', 'message: oh (text)'],
    ],
  ])('%j', (seen, lines) => {
    expect(told(seen).slice(1).sort()).toEqual([...lines].sort());
    expect(told(seen)[0]).toBe(`answer: ${seen.is} (firm)`);
  });

  test('long data by length and sixteen digits of its digest', () => {
    const [, line] = told({ is: 'bytes', data: 'x'.repeat(201) });
    expect(line).toMatch(/^data: 201 bytes, sha256 [0-9a-f]{16} \(firm, data\)$/u);
  });

  test('stderr without what the command wrote, mounts by path and mode', () => {
    const seen = (out: string, err: string): Observation => ({ is: 'ended', code: 0, out, err });
    const expectation = (out: object, err: object) => ({ is: 'ended', codes: [0], out, err }) as Expect;
    const contains = expectation({ exactly: '' }, { contains: ['', 'mine'] });
    expect(told(seen('', 'minenotice'), contains)).toContain('stderr: notice (text)');
    const mounts = expectation({ mounts: [], hidden: [] }, { exactly: '' });
    expect(told(seen('t /b virtiofs rw,x\nt /a virtiofs relatime,ro\nt /c ext4 rw', ''), mounts)).toContain(
      'mounts on stdout: /a ro, /b rw (firm)',
    );
    expect(told(seen('t /c virtiofs', ''), mounts)).toContain('mounts on stdout: /c rw (firm)');
    expect(told(seen('', ''), mounts)).toContain('mounts on stdout: none (firm)');
    expect(told(seen('a', ''), expectation({ anything: true }, { exactly: '' }))).toContain(
      'stdout: "a" (free, data)',
    );
  });
});
