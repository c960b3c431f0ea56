import { describe, expect, it, test } from 'vitest';
import type { Data } from '../../../domain/fill.ts';
import type { Mount } from '../../../domain/mount.ts';
import type { Work } from '../../../domain/work.ts';
import { newExec } from '../../../model/situation.ts';
import type { Box, Exec } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { holdsWhere, type Where, whereSchema } from '../../../verdict/known/where.ts';
import { onward, reached } from '../../model/fixtures/play.ts';

const hold = { do: 'hold', out: '' } as const;
const boxes = reached(
  { op: 'run', via: 'rest', as: 'box1', main: hold },
  { op: 'run', via: 'rest', as: 'box2', main: hold, name: 'alpha' },
  { op: 'copy-in', via: 'rest', on: 'box1', path: '/root/f1', data: '\xff' },
);
const holds = (where: Where, step: Step, world = boxes) => holdsWhere(where, step, world);

describe('what a command brings to light is binary', () => {
  const exec = (work: Work, stdin?: Data, box = 'box1'): Step => ({
    op: 'exec',
    via: 'rest',
    on: box,
    work,
    ...(stdin !== undefined && { stdin }),
  });
  const file = { path: '/root/f1' };
  it.each<[string, Step, boolean]>([
    ['where it shows what it is fed', exec({ do: 'cat' }, '\xff'), true],
    ['not where it is fed nothing', exec({ do: 'cat' }), false],
    ['not where it does not show it', exec({ do: 'env', value: 'x' }, '\xff'), false],
    ['where it is to write all bytes', exec({ do: 'flood', bytes: 300, pattern: 'bytes', code: 0 }), true],
    ['not where it writes much text', exec({ do: 'flood', bytes: 300, pattern: 'text', code: 0 }), false],
    ['where it is fed much that is none', exec({ do: 'cat' }, { size: 300, pattern: 'bytes' }), true],
    ['not where it is fed much text', exec({ do: 'cat' }, { size: 300, pattern: 'text' }), false],
    ['where it reads a file that is', exec({ do: 'read', ...file }), true],
    ['not where it writes over such a file', exec({ do: 'write', ...file, data: 'x' }), false],
    ['not where there is no such box', exec({ do: 'read', ...file }, undefined, '?x'), false],
  ])('%s', (_, step, wanted) => {
    expect(holds({ binary: true }, step)).toBe(wanted);
  });
});

describe('what a command brings to light has characters beyond ASCII, and many bytes', () => {
  const exec = (work: Work, stdin?: Data): Step => ({
    ...{ op: 'exec', via: 'sdk', on: 'box1', work },
    ...(stdin !== undefined && { stdin }),
  });
  const text = (size: number): Data => ({ size, pattern: 'text' });
  it.each<[string, Step, boolean]>([
    ['where it is fed so much and shows it', exec({ do: 'cat' }, text(5000)), true],
    ['not where it is fed less', exec({ do: 'cat' }, text(3000)), false],
    ['not where what it is fed is all ASCII', exec({ do: 'cat' }, { size: 5000, pattern: 'lines' }), false],
    ['not where it does not show it', exec({ do: 'env', value: 'x' }, text(5000)), false],
    ['where it writes so much', exec({ do: 'flood', bytes: 5000, pattern: 'text', code: 0 }), true],
    [
      'where its variables have so much',
      { ...exec({ do: 'environ' }), env: [{ key: 'A', value: 'é'.repeat(2500) }] } as Step,
      true,
    ],
    ['not where there is no such box', { ...exec({ do: 'cat' }, text(5000)), on: '?x' } as Step, false],
  ])('%s', (_, step, wanted) => {
    expect(holds({ wide: 4096 }, step)).toBe(wanted);
  });

  it('where the stream of an execution that is read has', () => {
    const world = onward(boxes, {
      ...{ op: 'spawn', via: 'sdk', on: 'box1', as: 'exec1' },
      work: { do: 'flood', bytes: 5000, pattern: 'text', code: 0 },
    });
    expect(holds({ wide: 4096 }, { op: 'follow', via: 'sdk', exec: 'exec1' }, world)).toBe(true);
    expect(holds({ wide: 6000 }, { op: 'follow', via: 'sdk', exec: 'exec1' }, world)).toBe(false);
  });
});

it('a stream that is cut off by the end of its server is told from those that other things end', () => {
  const made = onward(
    boxes,
    { op: 'run', via: 'rest', as: 'box9' },
    { op: 'spawn', via: 'rest', on: 'box9', as: 'exec9', work: hold },
    { op: 'attach', via: 'sdk', as: 'att9', exec: 'exec9' },
  );
  const after = (step: Step) =>
    holds({ serverGone: true }, { op: 'read', attach: 'att9' }, onward(made, step));
  expect(after({ op: 'restart-server', how: 'kill' })).toBe(true);
  expect(after({ op: 'stop', via: 'rest', on: ['box9'] })).toBe(false);
  expect(after({ op: 'rm', via: 'rest', on: ['box9'], force: true })).toBe(false);
  expect(after({ op: 'kill', exec: 'exec9' })).toBe(false);
});

it('a box that is stopped and may not be booted by a step cannot be started for one', () => {
  const exec: Step = { op: 'exec', via: 'rest', on: 'box9', work: hold };
  const up = onward(boxes, { op: 'run', via: 'rest', as: 'box9', autoResume: false });
  const stopped = onward(up, { op: 'stop', via: 'rest', on: ['box9'] });
  expect(holds({ unstartable: ['resume-off'] }, exec, stopped)).toBe(true);
  expect(holds({ unstartable: ['resume-off'] }, exec, up)).toBe(false);
});

it.each<[string, string, 'directory' | 'contents' | undefined, boolean]>([
  ['a directory to where none is', '/root/d2', 'directory', true],
  ['a directory to one of the image', '/root', 'directory', false],
  ['a directory to one that files are in', '/root/d1', 'directory', false],
  ['what is in a directory', '/root/d2', 'contents', false],
  ['a file', '/root/d2', undefined, false],
])('a copy to a new path is told from others: %s', (_, path, tree, wanted) => {
  const copied = { op: 'copy-in', via: 'url', on: 'box1', data: 'x' } as const;
  const world = onward(boxes, { ...copied, path: '/root/d1', tree: 'contents' });
  const copy: Step = { ...copied, path, ...(tree && { tree }) };
  expect(holds({ treeToNewPath: true }, copy, world)).toBe(wanted);
});

describe('the spelling of a box', () => {
  const wait: Step = { op: 'wait', exec: 'exec1' };
  const made = (box: string, by: 'name' | 'prefix' | undefined) =>
    onward(boxes, { op: 'spawn', via: 'rest', on: box, as: 'exec1', work: hold, by });
  it.each<[string, string, 'name' | 'prefix' | undefined, boolean]>([
    ['is another one where the execution was made by its name', 'box2', 'name', true],
    ['is the same where it has no name to be made by', 'box1', 'name', false],
    ['is another one where a box without a name was spelled by a part of its id', 'box1', 'prefix', true],
    ['is the same where it was made by its id', 'box2', undefined, false],
  ])('%s', (_, box, by, wanted) => {
    expect(holds({ otherSpelling: true }, wait, made(box, by))).toBe(wanted);
    expect(
      holds(
        { otherSpelling: true },
        { op: 'attach', as: 'att1', exec: 'exec1', by: undefined },
        made(box, by),
      ),
    ).toBe(wanted);
  });
});

test('an SDK spells a box by its id, however it was looked up', () => {
  const spawn = { op: 'spawn', on: 'box2', as: 'exec1', work: hold, by: 'name' } as const;
  const attach = { op: 'attach', as: 'att1', exec: 'exec1', by: 'name' } as const;
  const bySdk = onward(boxes, { ...spawn, via: 'sdk' });
  const byRest = onward(boxes, { ...spawn, via: 'rest' });
  const isOther = (step: Step, world: typeof boxes) => holds({ otherSpelling: true }, step, world);
  expect([isOther({ ...attach, via: 'sdk' }, bySdk), isOther(attach, bySdk)]).toEqual([false, true]);
  expect([isOther({ ...attach, via: 'sdk' }, byRest), isOther(attach, byRest)]).toEqual([true, false]);
});

describe('the spelling of a box whose main session has a client', () => {
  const main = (as: string, by?: 'name' | 'prefix'): Step => ({ op: 'attach-main', as, on: 'box2', by });
  it.each<[string, 'name' | 'prefix' | undefined, 'name' | 'prefix' | undefined, boolean]>([
    ['is another one where the client came by its name', 'name', undefined, true],
    ['is another one where the client came by its id', undefined, 'prefix', true],
    ['is the same where both come by its id', undefined, undefined, false],
  ])('%s', (_, first, second, wanted) => {
    const taken = onward(boxes, main('att1', first));
    expect(holds({ otherSpelling: true }, main('att2', second), taken)).toBe(wanted);
    expect(holds({ otherSpelling: true }, main('att2', second), boxes)).toBe(false);
  });
});

test('a box cannot be booted where it was let through with a missing host path, not where one is asked for', () => {
  const step: Step = { op: 'metrics', via: 'rest', on: 'box1' };
  const create: Step = { op: 'create', via: 'rest', as: 'box9', mounts: [{ kind: 'missing', at: '/a' }] };
  const box = boxes.boxes.box1 as Box;
  const lacking = {
    ...boxes,
    boxes: { box1: { ...box, mounts: [{ kind: 'missing', at: '/a' }] as Mount[] } },
  };
  const where = { unstartable: ['mount-source-missing'] };
  expect([boxes, lacking].map((world) => holds(where, step, world))).toEqual([false, true]);
  expect(holds(where, create)).toBe(false);
});

describe('what cannot be started', () => {
  const user = 'nosuchuser' as const;
  const unbootable = reached({ op: 'create', via: 'rest', as: 'box1', user });
  it.each<[string, string, Step, boolean]>([
    ['is the box that a step makes', 'main-user', { op: 'run', via: 'rest', as: 'box9', user }, true],
    ['is the box that a step means', 'main-user', { op: 'metrics', via: 'rest', on: 'box1' }, true],
    ['is so for its own reason', 'main-workdir', { op: 'metrics', via: 'rest', on: 'box1' }, false],
    ['is the command of an exec', 'exec-user', { op: 'exec', via: 'rest', on: '?x', work: hold, user }, true],
    ['is not the box of that', 'main-user', { op: 'exec', via: 'rest', on: '?x', work: hold, user }, false],
  ])('%s: %s', (_, reason, step, wanted) => {
    expect(holds({ unstartable: [reason] }, step, unbootable)).toBe(wanted);
  });
});

describe('what is asked for', () => {
  const run = (...mounts: Mount[]): Step => ({ op: 'run', via: 'rest', as: 'box9', mounts });
  const dir = { kind: 'dir', host: 'h1', at: '/a' } as const;
  const nothing: Step = {
    op: 'run',
    via: 'rest',
    as: 'box9',
    name: undefined,
    main: undefined,
    mounts: undefined,
  };
  const list: Step = { op: 'list', via: 'rest', all: true };
  it.each<[Where, Step, boolean]>([
    [{ mountKind: ['missing', 'dir'] }, run(dir), true],
    [{ mountHow: ['empty'] }, run(dir), false],
    [{ mountHow: ['empty'] }, run({ kind: 'malformed', how: 'empty' }), true],
    [{ mountKind: ['dir'] }, nothing, false],
    [{ changedInUrl: true }, nothing, false],
    [{ path: 'r' }, { op: 'copy-out', via: 'rest', on: 'box1', path: '/root/f1' }, true],
    [{ path: 'r' }, list, false],
    [{ cut: false }, { op: 'read', attach: 'att9' }, true],
    [{ box: { mixedModes: false } }, { op: 'inspect', via: 'rest', on: 'box2' }, true],
    [{ box: {} }, { op: 'inspect', via: 'rest', on: 'box9' }, false],
  ])('%j of %j: %s', (where, step, wanted) => {
    expect(holds(where, step)).toBe(wanted);
  });

  it.each<[Record<string, unknown[]>, boolean]>([
    [{ mountHow: [] }, false],
    [{ mountHow: ['option', 'empty'] }, true],
    [{ signal: [] }, false],
    [{ signal: [9, 15] }, true],
  ])('a condition is one word or more: %j', (where, wanted) => {
    expect(whereSchema.safeParse(where).success).toBe(wanted);
  });
});

test('a run is over when its box is at rest, and for good when the box runs again', () => {
  const at = (runs: number, status: Box['status']) => {
    const box = boxes.boxes.box1 as Box;
    const exec: Exec = { ...newExec({ as: 'exec9', on: 'box1', work: { do: 'cat' } }, 'ending'), run: 1 };
    const world = { ...boxes, boxes: { box1: { ...box, runs, status } }, execs: { exec9: exec } };
    return holds({ runOver: true }, { op: 'wait', exec: 'exec9' }, world);
  };
  expect([at(1, 'running'), at(1, 'ending'), at(1, 'stopped'), at(2, 'running')]).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(holds({ runOver: true }, { op: 'wait', exec: 'never' })).toBe(false);
});

test('a copy goes onto a file where the box has one at its path', () => {
  const box = boxes.boxes.box1 as Box;
  const world = { ...boxes, boxes: { box1: { ...box, disk: { '/f': 'old' } } } };
  const copy = (path: string): Step => ({ op: 'copy-in', via: 'url', on: 'box1', path, data: 'new' });
  expect(['/f', '/g'].map((path) => holds({ ontoFile: true }, copy(path), world))).toEqual([true, false]);
});

test('a box has run before where it has more runs than the present one', () => {
  const at = (runs: number) => ({ ...boxes, boxes: { box1: { ...(boxes.boxes.box1 as Box), runs } } });
  const settle: Step = { op: 'settle', via: 'cli', on: 'box1' };
  expect([0, 1, 2].map((runs) => holds({ ranBefore: true }, settle, at(runs)))).toEqual([false, false, true]);
});
