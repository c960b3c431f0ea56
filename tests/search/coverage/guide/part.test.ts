import { describe, expect, it } from 'vitest';
import { emptyWorld, type World } from '../../../../model/world.ts';
import type { Step } from '../../../../program/step.ts';
import { lifeOf, partOf, partsOf, shapeOf } from '../../../../search/coverage/guide/part.ts';
import { renamed } from '../../../../search/coverage/guide/standings.ts';
import { worldAfter } from '../../fixtures/told.ts';

const spawn = (as: string, on = 'box1'): Step => ({ op: 'spawn', via: 'rest', on, as, work: { do: 'cat' } });
const run: Step = { op: 'run', via: 'rest', as: 'box1', name: 'alpha' };
const attach = (as: string, exec: string): Step => ({ op: 'attach', as, exec });
const detach = (att: string): Step => ({ op: 'detach', attach: att, how: 'close' });

const shape = (world: World, side: 'main' | 'exec', box = 'box1'): string | null => {
  const part = partOf(world, box, side);
  return part && shapeOf(part);
};

describe('a part of a world', () => {
  it('is one box with its main session, or with the execution there is most to do with', () => {
    const world = worldAfter(run, { op: 'run', via: 'rest', as: 'box2' }, spawn('exec1'), spawn('exec2'), {
      op: 'kill',
      exec: 'exec2',
    });
    const part = partOf(world, 'box1', 'exec');
    expect([Object.keys(part?.boxes ?? {}), Object.keys(part?.execs ?? {})]).toEqual([['box1'], ['exec1']]);
    const main = partOf(world, 'box1', 'main');
    expect([Object.keys(main?.boxes ?? {}), Object.keys(main?.execs ?? {})]).toEqual([['box1'], []]);
    expect(partOf(world, 'box2', 'exec')).toBeNull();
    expect(partOf(world, 'box3', 'main')).toBeNull();
  });

  it('has of equal executions the latest', () => {
    const world = worldAfter(run, spawn('exec1'), spawn('exec2'));
    expect(Object.keys(partOf(world, 'box1', 'exec')?.execs ?? {})).toEqual(['exec2']);
  });

  it('has the client that holds the slot, and of the others the latest', () => {
    const world = worldAfter(
      run,
      spawn('exec1'),
      attach('att1', 'exec1'),
      detach('att1'),
      attach('att2', 'exec1'),
      detach('att2'),
      attach('att3', 'exec1'),
      spawn('exec2'),
      attach('att4', 'exec2'),
      { op: 'kill', exec: 'exec2' },
    );
    expect(Object.keys(partOf(world, 'box1', 'exec')?.attaches ?? {})).toEqual(['att3', 'att2']);
    const main = worldAfter(run, spawn('exec1'), attach('att1', 'exec1'), {
      op: 'attach-main',
      as: 'att2',
      on: 'box1',
    });
    expect(Object.keys(partOf(main, 'box1', 'main')?.attaches ?? {})).toEqual(['att2']);
  });

  it('is told once for worlds of which the same is left', () => {
    const [one, two] = [worldAfter(run), worldAfter({ ...run, name: 'beta' } as Step)];
    const stopped = worldAfter(run, { op: 'stop', via: 'rest', on: ['box1'] });
    expect(partsOf([one, two, stopped, stopped], 'box1', 'main')).toHaveLength(2);
    expect(partsOf([one, emptyWorld], 'box1', 'main')).toHaveLength(1);
    expect(partsOf([emptyWorld, one], 'box1', 'main')).toBeNull();
  });
});

describe('the shape of a part', () => {
  it.each<{ steps: Step[]; side?: 'main' | 'exec'; is: string }>([
    { steps: [{ op: 'run', via: 'rest', as: 'box1' }], is: 'server/sandbox:shell/running' },
    { steps: [run], is: 'server/sandbox:shell/running+name' },
    {
      steps: [run, { op: 'attach-main', as: 'att1', on: 'box1' }],
      is: 'server/sandbox:shell/running+client+name open',
    },
    {
      steps: [run, { op: 'copy-in', via: 'rest', on: 'box1', path: '/root/f1', data: 'x' }],
      is: 'server/sandbox:shell/running+files',
    },
    { steps: [run, { op: 'rm', via: 'rest', on: ['box1'], force: true }], is: 'server/removed' },
    {
      steps: [{ op: 'create', via: 'rest', as: 'box1', main: { do: 'hold', out: '' } }],
      is: 'server/job:stays/configured',
    },
    {
      steps: [{ op: 'create', via: 'rest', as: 'box1', main: { do: 'missing' } }],
      is: 'server/job:impossible/configured',
    },
    {
      steps: [
        { op: 'run', via: 'rest', as: 'box1' },
        spawn('exec1'),
        { ...attach('att1', 'exec1'), readonly: true } as Step,
      ],
      side: 'exec',
      is: 'server/sandbox:shell/running stays/running+client open-ro',
    },
  ])('is $is', ({ steps, side = 'main', is }) => {
    expect(shape(worldAfter(...steps), side)).toBe(is);
  });

  it('is nothing where there is nothing', () => {
    expect(shapeOf(emptyWorld)).toBe('nothing');
    expect(lifeOf({ do: 'print', out: '', err: '', code: 0 })).toBe('ends');
  });
});

it('gives a step of a state the handles and names that a program has for them', () => {
  const from = worldAfter(
    { op: 'run', via: 'rest', as: 'box1', name: 'alpha' },
    spawn('exec1'),
    attach('att1', 'exec1'),
  );
  const to: World = JSON.parse(
    JSON.stringify(from).replaceAll('box1', 'box7').replaceAll('exec1', 'exec5').replaceAll('alpha', 'beta'),
  );
  expect(
    renamed({ op: 'stop', on: ['box1', 'box2'], name: 'alpha', note: 'box1', text: 'alpha' }, from, to),
  ).toEqual({
    op: 'stop',
    on: ['box7', 'box2'],
    name: 'beta',
    note: 'box1',
    text: 'alpha',
  });
  expect(renamed({ op: 'attach', exec: 'exec1', as: 'att1', readonly: true }, from, to)).toEqual({
    op: 'attach',
    exec: 'exec5',
    as: 'att1',
    readonly: true,
  });
  expect(renamed({ name: 'gamma', attach: 'att1' }, from, emptyWorld)).toEqual({
    name: 'gamma',
    attach: 'att1',
  });
});
