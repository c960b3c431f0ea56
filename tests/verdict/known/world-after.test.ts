import { describe, expect, it } from 'vitest';
import { predict } from '../../../commands/index.ts';
import { newestProfile } from '../../../model/profile.ts';
import { type Box, emptyWorld, type World, withBox } from '../../../model/world.ts';
import type { Step } from '../../../program/step.ts';
import { worldAfter, worldBeside } from '../../../verdict/known/world-after.ts';
import { entry } from './entry.ts';

const usual = (world: World, ...steps: Step[]): World =>
  steps.reduce((w, step) => predict(w, step, newestProfile)?.outcomes[0].next ?? w, world);

const hold = { do: 'hold', out: 'up' } as const;
const dir = { kind: 'dir', host: 'h1', at: '/a' } as const;
const busy = (): World =>
  usual(
    emptyWorld,
    { op: 'run', via: 'rest', as: 'box1', main: hold },
    { op: 'attach-main', as: 'att1', on: 'box1' },
    { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: hold },
    { op: 'attach', as: 'att2', exec: 'exec1' },
    { op: 'run', via: 'rest', as: 'box2', main: hold },
    { op: 'run', via: 'cli', as: 'box3', main: hold, mounts: [dir] },
  );

/** The world after a step whose known divergence has these effects. */
function effectOf(step: Step, effects: Record<string, unknown>, world = busy()): World {
  const prediction = predict(world, step, newestProfile);
  if (!prediction) throw new Error(`the model says nothing of ${step.op}`);
  return worldAfter(entry({ op: step.op, after: effects }), { world, step, prediction });
}

const stop = (...on: string[]): Step => ({ op: 'stop', via: 'rest', on });
const rm: Step = { op: 'rm', via: 'url', on: ['box1', 'box2', 'box9'], force: true };
const wait: Step = { op: 'wait', exec: 'exec1' };
const read: Step = { op: 'read', attach: 'att2' };

describe('the world after a known divergence', () => {
  it('is unclear about the boxes of the step, and no others, where the entry cannot tell', () => {
    for (const effects of [{ as: 'unknown' }, { as: 'no such label', box: { code: 3 } }]) {
      const world = effectOf(stop('box1'), effects);
      expect(Object.values(world.boxes).map(({ status }) => status)).toEqual([
        'unclear',
        'running',
        'running',
      ]);
    }
  });

  it('has a box without its name and options where nothing of what was asked for was taken', () => {
    const making: Step = { op: 'create', via: 'rest', as: 'box4', name: 'x', cpus: 2, flaw: 'no-object' };
    const made = (after: object) => effectOf(making, { as: 'unknown', ...after }).boxes.box4;
    expect(made({})).toMatchObject({ status: 'unclear', name: 'x' });
    expect(made({ box: { bare: true } })).toMatchObject({ status: 'unclear', name: null, options: {} });
  });

  it('has the refused volumes where the box keeps what it was asked for, and then no boot of it succeeds', () => {
    const making: Step = {
      op: 'run',
      via: 'cli',
      as: 'box4',
      main: hold,
      mounts: [{ kind: 'missing', at: '/b' }],
    };
    const box = { status: 'failed', code: 'any', mounts: 'asked' };
    const world = effectOf(making, { as: 'usual', box });
    expect(world.boxes.box4).toMatchObject({ status: 'failed', mounts: [{ kind: 'missing', at: '/b' }] });
    const start = predict(world, { op: 'start', via: 'cli', on: ['box4'] }, newestProfile);
    expect(start?.outcomes).toMatchObject([
      { label: 'refused:mount-source-missing', next: { boxes: { box4: { status: 'failed' } } } },
    ]);
  });

  it('is not that of an outcome that is called by one of the reserved words', () => {
    const world = busy();
    const odd = (label: string) => ({ label, expect: { is: 'made' }, next: emptyWorld }) as const;
    const outcomes = [odd('done'), odd('unknown'), odd('unchanged')] as const;
    const of = (as: string) =>
      worldAfter(entry({ after: { as } }), { world, step: wait, prediction: { outcomes, deadlineMs: 1 } });
    expect([of('unknown'), of('unchanged'), of('done')]).toEqual([emptyWorld, world, emptyWorld]);
  });

  it('has only those fields changed that are named', () => {
    const world = busy();
    for (const effects of [{}, { box: {} }])
      for (const step of [stop('box1'), wait, read]) expect(effectOf(step, effects)).toEqual(world);
    const patches = [{ status: 'failed' }, { code: 3 }, { code: null }, { code: 'any' }];
    for (const patch of patches)
      expect(effectOf(stop('box1'), { box: patch })?.boxes).toEqual({
        ...world.boxes,
        box1: { ...world.boxes.box1, ...patch },
      });
  });

  it('has a box at rest running as a start would, and one that runs as it was', () => {
    const started = (box: Partial<Box>) => {
      const world = withBox(busy(), 'box1', box);
      return effectOf(stop('box1'), { box: { started: true } }, world)?.boxes.box1;
    };
    expect(started({ status: 'stopped', code: 3 })).toMatchObject({ status: 'running', code: null, runs: 2 });
    for (const status of ['running', 'ending'] as const)
      expect(started({ status })).toMatchObject({ status, runs: 1 });
    const lacking = started({ status: 'configured', mounts: [{ kind: 'missing', at: '/mnt/a' }] });
    expect(lacking).toMatchObject({ status: 'failed', runs: 1 });
  });

  it('takes with a box that went or stopped what hangs on it', () => {
    const removed = effectOf(stop('box1'), { box: { status: 'removed' } });
    const gone = usual(busy(), { op: 'rm', via: 'rest', on: ['box1'], force: true });
    expect(removed).toEqual({ ...gone, counts: removed.counts });
    const stopped = effectOf(stop('box1'), { box: { status: 'stopped', code: 9 } });
    expect(stopped?.boxes.box1).toMatchObject({ status: 'stopped', code: 9, attachedBy: null });
    expect(stopped?.execs.exec1).toMatchObject({ status: 'ending', cut: true });
    expect(stopped?.attaches.att1).toMatchObject({ state: 'ended', final: { codes: [9] } });
    expect(effectOf(stop('box1'), { box: { status: 'stopped' } })?.boxes.box1?.code).toBe('any');
    expect(effectOf(stop('box1'), { box: { status: 'failed' } })?.execs).toEqual(busy().execs);
  });

  it('is changed for each box of the step, in the home that the step works on, and no other', () => {
    const world = effectOf(rm, { box: { code: 4 } });
    expect([world.boxes.box1?.code, world.boxes.box2?.code, world.boxes.box3?.code]).toEqual([4, 4, null]);
    const ghost: Step = { op: 'inspect', via: 'cli', on: 'box1' };
    expect(effectOf(ghost, { box: { code: 4 } })).toEqual(busy());
    const main: Step = { op: 'attach-main', as: 'att9', on: 'box2' };
    expect(effectOf(main, { box: { code: 4 } })?.boxes.box2?.code).toBe(4);
  });

  it('keeps the disk from before the step, of a box that was there', () => {
    const create: Step = { op: 'create', via: 'rest', as: 'box4' };
    expect(effectOf(create, { as: 'usual', box: { disk: 'before' } })?.boxes.box4?.disk).toEqual({});
    const copy: Step = { op: 'copy-in', via: 'rest', on: 'box1', path: '/root/f', data: 'new' };
    const written = usual(busy(), { ...copy, data: 'old' });
    expect(usual(written, copy).boxes.box1?.disk).toEqual({ '/root/f': 'new' });
    expect(effectOf(copy, { as: 'usual', box: { disk: 'before' } }, written)?.boxes.box1?.disk).toEqual({
      '/root/f': 'old',
    });
  });

  it('changes the execution and the attach that the step is about', () => {
    const world = busy();
    expect(world.execs.exec1?.attachedBy).toBe('att2');
    expect(effectOf(wait, { exec: { attachedBy: null } })?.execs).toEqual({
      exec1: { ...world.execs.exec1, attachedBy: null },
    });
    expect(effectOf(wait, { exec: { draining: true } })?.execs.exec1).toEqual({
      ...world.execs.exec1,
      draining: true,
    });
    expect(effectOf(read, { attach: { state: 'closed' } })?.attaches).toEqual({
      ...world.attaches,
      att2: { ...world.attaches.att2, state: 'closed' },
    });
    expect(effectOf(stop('box1'), { exec: { attachedBy: null }, attach: { state: 'closed' } })).toEqual(
      world,
    );
  });

  it('leaves the slot of an execution to the client that has it, whoever came in vain', () => {
    const late: Step = { op: 'attach', as: 'att3', exec: 'exec1' };
    expect(effectOf(late, { as: 'usual', exec: { attachedBy: null } }).execs.exec1?.attachedBy).toBe('att2');
    const alone = usual(busy(), { op: 'detach', attach: 'att2', how: 'close' });
    expect(effectOf(late, { as: 'usual', exec: { attachedBy: null } }, alone).execs.exec1).toMatchObject({
      attachedBy: null,
    });
  });

  it('has a directory where a file was copied to', () => {
    const copy: Step = { op: 'copy-in', via: 'rest', on: 'box1', path: '/root/f', data: 'new' };
    const world = effectOf(copy, { as: 'usual', box: { disk: 'directory' } });
    expect(world.boxes.box1).toMatchObject({ disk: {}, directories: ['/root/f'] });
    const read: Step = { op: 'exec', via: 'rest', on: 'box1', work: { do: 'read', path: '/root/f' } };
    expect(predict(world, read, newestProfile)?.outcomes[0].expect).toMatchObject({
      is: 'ended',
      codes: [1],
    });
    expect(predict(world, copy, newestProfile)).toBeNull();
  });

  it('has the slot taken a while by nobody where an attach was not made', () => {
    const once = usual(
      busy(),
      { op: 'detach', attach: 'att1', how: 'close' },
      { op: 'detach', attach: 'att2', how: 'close' },
    );
    const main = effectOf(
      { op: 'attach-main', as: 'att3', on: 'box1' },
      { as: 'usual', slot: 'draining' },
      once,
    );
    expect(main.boxes.box1).toMatchObject({ attachedBy: null, draining: true });
    expect(main.attaches.att3?.state).toBe('closed');
    const exec = effectOf(
      { op: 'attach', as: 'att3', exec: 'exec1' },
      { as: 'usual', slot: 'draining' },
      once,
    );
    expect(exec.execs.exec1).toMatchObject({ attachedBy: null, draining: true });
    expect(exec.boxes.box1?.draining).toBe(false);
  });
});

describe('the world in which another divergence showed as well', () => {
  const world = busy();
  const step = stop('box1');
  const prediction = predict(world, step, newestProfile);
  if (!prediction) throw new Error('stop must be predictable');
  const beside = (after: Record<string, unknown>, label: string | null) =>
    worldBeside(entry({ op: 'stop', after }), { world, step, prediction }, { label, next: emptyWorld });

  it('begins with the answer it stands beside, where it is about that answer', () => {
    expect(beside({ as: 'usual' }, 'stopped')).toBe(emptyWorld);
    expect(beside({ as: 'stopped' }, 'stopped')).toBe(emptyWorld);
    expect(beside({ as: 'no-effect' }, 'stopped')).toBeNull();
    expect(beside({ as: 'no-effect' }, null)).toBe(emptyWorld);
    expect(beside({ as: 'unchanged' }, 'stopped')).toBe(world);
    expect(beside({ as: 'unchanged' }, null)).toBe(emptyWorld);
  });
});
