import { describe, expect, it } from 'vitest';
import { predict } from '../../../commands/index.ts';
import { everyByte, utf8 } from '../../../domain/bytes.ts';
import type { Mount } from '../../../domain/mount.ts';
import { newestProfile } from '../../../model/profile.ts';
import { emptyWorld, type World } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { subjectAttach, subjectBox, subjectBoxes, subjectExec } from '../../../verdict/known/subject.ts';
import { holdsWhere, type Where, whereSchema } from '../../../verdict/known/where.ts';

const hold = { do: 'hold', out: '' } as const;
const dir = { kind: 'dir', host: 'h1', at: '/a' } as const;

/** A job with a name, mounts, an execution and its client; an unnamed sandbox with a client of its main session. */
const history: Step[] = [
  { op: 'run', via: 'rest', as: 'box1', name: 'alpha/beta', main: hold },
  { op: 'create', via: 'rest', as: 'box2' },
  { op: 'run', via: 'cli', as: 'box3', main: hold, mounts: [dir, { ...dir, at: '/b', mode: 'ro' }] },
  { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' }, by: 'name' },
  { op: 'attach', as: 'att1', exec: 'exec1' },
  { op: 'attach-main', as: 'att2', on: 'box1' },
  { op: 'spawn', via: 'rest', on: 'box1', as: 'exec2', work: { do: 'blob' } },
  { op: 'attach', as: 'att3', exec: 'exec2' },
];
const world = (): World =>
  history.reduce((w, step) => predict(w, step, newestProfile)?.outcomes[0].next ?? w, emptyWorld);

const steps = {
  exec: { op: 'exec', via: 'rest', on: 'box1', work: { do: 'read', path: '/root/f1' } },
  fed: {
    op: 'exec',
    via: 'rest',
    on: 'box1',
    work: { do: 'cat' },
    stdin: '\xff',
    timeoutS: 1,
    badWorkdir: true,
  },
  blob: { op: 'exec', via: 'url', on: 'box2', work: { do: 'blob' } },
  run: { op: 'run', via: 'rest', as: 'box4', mounts: [dir, { kind: 'malformed', how: 'option' }] },
  named: { op: 'create', via: 'rest', as: 'box4', name: 'gam/ma', main: hold },
  flawed: { op: 'create', via: 'rest', as: 'box4', flaw: 'unknown-key' },
  foreground: { op: 'foreground', via: 'cli', as: 'box4', main: { do: 'cat' }, stdin: '\xff', rm: true },
  text: { op: 'foreground', via: 'cli', as: 'box4', main: { do: 'cat' }, stdin: utf8('ü') },
  rm: { op: 'rm', via: 'rest', on: ['box1', '?x'], force: true },
  stop: { op: 'stop', via: 'rest', on: ['box2'], by: 'name' },
  nameless: { op: 'inspect', via: 'rest', on: '?' },
  local: { op: 'inspect', via: 'cli', on: 'box3', by: 'prefix' },
  list: { op: 'list', via: 'url', all: true },
  copy: { op: 'copy-in', via: 'rest', on: 'box1', path: '/root/f1', data: '' },
  wait: { op: 'wait', exec: 'exec1' },
  bogus: { op: 'wait', exec: '?e' },
  blank: { op: 'wait', exec: '?e f' },
  signal: { op: 'signal', exec: 'exec2', signal: 9 },
  attach: { op: 'attach', as: 'att4', exec: 'exec1', readonly: true, by: 'name' },
  prefixed: { op: 'attach', as: 'att4', exec: 'exec1', by: 'prefix' },
  main: { op: 'attach-main', as: 'att4', on: 'box1' },
  read: { op: 'read', attach: 'att1' },
  readMain: { op: 'read', attach: 'att2' },
  readBlob: { op: 'read', attach: 'att3' },
  readNone: { op: 'read', attach: 'att9' },
  control: { op: 'control', attach: 'att1', frame: 'eof' },
  detach: { op: 'detach', attach: 'att2', how: 'drop' },
} as const satisfies Record<string, Step>;
type Name = keyof typeof steps;
const names = Object.keys(steps) as Name[];

/** Whether the world knows the box of a step. */
const boxed = (name: Name): boolean => subjectBox(world(), steps[name]) !== null;

/** For each condition exactly the steps, of those above, of which it holds. */
const table: [Where, Name[]][] = [
  [{ work: ['read', 'blob'] }, ['exec', 'blob']],
  [{ mountKind: ['malformed'] }, ['run']],
  [{ mountHow: ['option'] }, ['run']],
  [{ mountHow: ['empty'] }, []],
  [{ stdin: true }, ['fed', 'foreground', 'text']],
  [{ by: ['prefix'] }, ['local', 'prefixed']],
  [{ by: ['name', 'prefix'] }, ['stop', 'local', 'attach', 'prefixed']],
  [{ force: true }, ['rm']],
  [{ rm: true }, ['foreground']],
  [{ badWorkdir: true }, ['fed']],
  [{ badWorkdir: false }, names.filter((name) => name !== 'fed')],
  [{ several: true }, ['rm']],
  [{ emptyName: true }, ['nameless']],
  [{ flaw: ['wrong-type', 'unknown-key'] }, ['flawed']],
  [{ flaw: ['two-images'] }, []],
  [{ signal: [9] }, ['signal']],
  [{ signal: [15] }, []],
  [{ path: '/f1' }, ['exec', 'copy']],
  [{ binary: true }, ['fed', 'blob', 'foreground', 'readBlob']],
  [
    { changedInUrl: true },
    [
      'exec',
      'fed',
      'named',
      'rm',
      'copy',
      'wait',
      'signal',
      'attach',
      'prefixed',
      'main',
      'read',
      'readMain',
      'readBlob',
      'control',
      'detach',
    ],
  ],
  [{ nameIs: ['gam/ma', 'alpha'] }, ['named']],
  [{ outsideUri: true }, ['blank']],
  [{ otherSpelling: true }, ['wait', 'prefixed', 'read', 'control']],
  [{ someBox: ['configured'] }, names.filter((name) => !['foreground', 'text', 'local'].includes(name))],
  [{ box: { mixedModes: true } }, ['local']],
  [{ unstartable: ['exec-workdir'] }, ['fed']],
  [{ box: { mixedModes: false } }, names.filter((name) => boxed(name) && name !== 'local')],
  [{ stdin: true, badWorkdir: true }, ['fed']],
];

describe('conditions on a step and its box', () => {
  it.each(table)('%j', (where, wanted) => {
    const holds = names.filter((name) => holdsWhere(whereSchema.parse(where), steps[name], world()));
    expect(holds).toEqual(names.filter((name) => wanted.includes(name)));
  });

  it('none given, or none of them defined, hold everywhere', () => {
    for (const where of [{}, { work: undefined, box: undefined }])
      for (const name of names) expect(holdsWhere(where as Where, steps[name], world()), name).toBe(true);
  });

  it('mixed modes are those of one host directory, whatever else is mounted', () => {
    const mixed = (...mounts: Mount[]) => {
      const made = predict(emptyWorld, { op: 'run', via: 'cli', as: 'box3', mounts }, newestProfile);
      return holdsWhere({ box: { mixedModes: true } }, steps.local, made?.outcomes[0].next ?? emptyWorld);
    };
    const readonly = { ...dir, at: '/b', mode: 'ro' } as const;
    const other = { ...readonly, host: 'h2' } as const;
    expect(mixed(other, dir, readonly)).toBe(true);
    expect(mixed(dir, { ...readonly, mode: 'rw' })).toBe(false);
    expect(mixed(dir, other, { kind: 'file', host: 'h1', at: '/c', mode: 'ro' })).toBe(false);
    expect(mixed(dir, { kind: 'anonymous', at: '/c', mode: 'ro' })).toBe(false);
    expect(mixed()).toBe(false);
  });
});

describe('what a step is about', () => {
  it.each<[Name, string[], string | null, string | null, string | null]>([
    ['exec', ['box1'], 'box1', null, null],
    ['rm', ['box1', '?x'], 'box1', null, null],
    ['run', ['box4'], null, null, null],
    ['named', ['box4'], null, null, null],
    ['foreground', ['box4'], null, null, null],
    ['nameless', ['?'], null, null, null],
    ['list', [], null, null, null],
    ['wait', ['box1'], 'box1', 'exec1', null],
    ['bogus', [], null, null, null],
    ['attach', ['box1'], 'box1', 'exec1', 'att4'],
    ['main', ['box1'], 'box1', null, 'att4'],
    ['read', ['box1'], 'box1', 'exec1', 'att1'],
    ['readMain', ['box1'], 'box1', null, 'att2'],
    ['readNone', [], null, null, 'att9'],
  ])('%s', (name, boxes, box, exec, attach) => {
    expect(subjectBoxes(world(), steps[name])).toEqual(boxes);
    expect(subjectBox(world(), steps[name])?.handle ?? null).toBe(box);
    expect(subjectExec(world(), steps[name])?.handle ?? null).toBe(exec);
    expect(subjectAttach(steps[name])).toBe(attach);
  });

  it('a spawn is about what it makes, once that is there; of several boxes the first that is known counts', () => {
    const spawn: Step = { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: hold };
    expect(subjectExec(world(), spawn)?.handle).toBe('exec1');
    expect(subjectExec(emptyWorld, spawn)).toBeNull();
    expect(subjectBox(world(), { ...steps.rm, on: ['?x', 'box2', 'box1'] })?.handle).toBe('box2');
  });
});

it('a command that reads a file is binary where a copy has put bytes into it that are no text', () => {
  const after = (data: string) =>
    predict(world(), { ...steps.copy, data } as Step, newestProfile)?.outcomes[0].next as World;
  expect(holdsWhere({ binary: true }, steps.exec, after('\xff'))).toBe(true);
  expect(holdsWhere({ binary: true }, steps.exec, after('text'))).toBe(false);
  expect(
    holdsWhere(
      { binary: true },
      { ...steps.exec, work: { do: 'read', path: '/root/f2' } } as Step,
      after('\xff'),
    ),
  ).toBe(false);
});

it('a stream is cut where its command was stopped, not where it goes on or ended by itself', () => {
  const on = (from: World, step: Step) => predict(from, step, newestProfile)?.outcomes[0].next as World;
  const stopped = on(world(), { op: 'stop', via: 'rest', on: ['box1'] });
  expect(holdsWhere({ cut: true }, steps.readMain, stopped)).toBe(true);
  expect(holdsWhere({ cut: false }, steps.readMain, stopped)).toBe(false);
  expect(holdsWhere({ cut: true }, steps.readMain, world())).toBe(false);
  const print = { do: 'print', out: '', err: '', code: 3 } as const;
  const ended = [
    { op: 'create', via: 'rest', as: 'box1', main: print },
    { op: 'attach-main', as: 'att2', on: 'box1' },
    { op: 'start', via: 'rest', on: ['box1'] },
    { op: 'settle', via: 'rest', on: 'box1' },
  ].reduce((before, step) => on(before, step as Step), emptyWorld);
  expect(ended.attaches.att2?.final).toMatchObject({ codes: [3] });
  expect(holdsWhere({ cut: true }, steps.readMain, ended)).toBe(false);
});

it('a main session is binary where its box has written bytes that are no text', () => {
  const made = predict(
    emptyWorld,
    { op: 'run', via: 'rest', as: 'box1', main: { do: 'blob' } },
    newestProfile,
  );
  const main = predict(
    made?.outcomes[0].next as World,
    { op: 'attach-main', as: 'att1', on: 'box1' },
    newestProfile,
  );
  expect(main?.outcomes[0].next.boxes.box1?.out).toBe(everyByte);
  expect(holdsWhere({ binary: true }, steps.read, main?.outcomes[0].next as World)).toBe(true);
});

it.each<[string, Where, Step, boolean]>([
  ['an empty path', { emptyPath: true }, { op: 'copy-out', via: 'rest', on: 'box1', path: '' }, true],
  ['some path', { emptyPath: true }, { op: 'copy-out', via: 'rest', on: 'box1', path: '/' }, false],
  ['no path at all', { emptyPath: true }, { op: 'list', via: 'rest', all: true }, false],
  ['rows below nothing', { negative: true }, { op: 'resize', exec: 'exec1', rows: -1, cols: 1 }, true],
  ['columns below nothing', { negative: true }, { op: 'resize', exec: 'exec1', rows: 1, cols: -1 }, true],
  ['nothing', { negative: true }, { op: 'resize', exec: 'exec1', rows: 0, cols: 0 }, false],
])('%s', (_, where, step, holds) => {
  expect(holdsWhere(where, step, emptyWorld)).toBe(holds);
});

it('an execution has a terminal where it was asked for with one', () => {
  const on = (tty: boolean) => {
    const step = { op: 'spawn', via: 'rest', on: 'box1', as: 'exec3', work: hold, tty } as const;
    const after = predict(world(), step, newestProfile)?.outcomes[0].next as World;
    return holdsWhere({ tty: true }, { op: 'resize', exec: 'exec3', rows: 40, cols: 100 }, after);
  };
  expect([on(true), on(false)]).toEqual([true, false]);
});
