import { describe, expect, it } from 'vitest';
import { predict } from '../../commands/index.ts';
import { newestProfile } from '../../model/profile.ts';
import type { Step } from '../../program/step.ts';
import { labels, onward, outcome, reached, saysNothing } from './fixtures/play.ts';
import { create, exec, hold, inspect, list, print, rm, run, start, stop } from './fixtures/steps.ts';

const two = reached(run(hold, 'cli'), create(undefined, 'cli', 'box2'));

describe('several targets (contract 2.5, 2.6)', () => {
  it('are independent: one that fails does not keep the others from being handled', () => {
    const { expect: told, next } = outcome(two, stop('cli', 'box1', '?nobody', 'box2'));
    expect(told).toEqual({
      is: 'batch',
      each: [{ ok: true }, { ok: false, reason: 'unknown-box' }, { ok: true }],
    });
    expect([next.boxes.box1?.status, next.boxes.box2?.status]).toEqual(['stopped', 'configured']);
  });

  it('the same box twice: the second rm finds nothing, the second start does nothing', () => {
    expect(outcome(two, rm(true, 'cli', 'box1', 'box1')).expect).toMatchObject({
      each: [{ ok: true }, { ok: false, reason: 'unknown-box' }],
    });
    expect(labels(two, start('cli', 'box2', 'box2'))).toEqual(['batch:started,already']);
  });

  it('the same box restarted twice: the first of the runs may have left no mark, the one that goes on has', () => {
    const restart: Extract<Step, { op: 'restart' }> = { op: 'restart', via: 'cli', on: ['box1', 'box1'] };
    const outcomes = predict(two, restart, newestProfile)?.outcomes ?? [];
    const boxes = outcomes.map(({ next }) => next.boxes.box1);
    expect(boxes.map((box) => [box?.runs, box?.runsOnDisk])).toEqual([
      [3, 3],
      [3, 2],
    ]);
    const seen = (at: number) => outcome(outcomes[at]?.next ?? two, exec({ do: 'runs' }, 'cli')).expect;
    expect([seen(0), seen(1)]).toMatchObject([
      { out: { suffixOf: 'r\nr\nr\n', atLeast: 4 } },
      { out: { suffixOf: 'r\nr\n', atLeast: 2 } },
    ]);
    const once = predict(two, { ...restart, on: ['box1', 'box2'] }, newestProfile);
    expect(once?.outcomes.map(({ next }) => next.boxes.box1?.runsOnDisk)).toEqual([2]);
  });

  it('multiply where one target has several outcomes', () => {
    const world = onward(two, run(print('', '', 3), 'cli', 'box3'));
    expect(labels(world, rm(false, 'cli', 'box3', 'box2'))).toEqual([
      'batch:removed,removed',
      'batch:refused:still-running,removed',
    ]);
  });

  it('do not exist over REST', () => {
    expect(saysNothing(reached(run(hold)), start('rest', 'box1', 'box1'))).toBe(true);
  });
});

describe('views (contract 2.7, 8.10)', () => {
  it('list shows running boxes, with -a all of its own home', () => {
    const world = onward(two, run(hold, 'rest', 'box3'));
    const shown = (all: boolean, via: 'cli' | 'url') => {
      const { expect: told } = outcome(world, list(all, via));
      return told.is === 'boxes' ? told.boxes.map(({ handle }) => handle) : [];
    };
    expect(shown(false, 'cli')).toEqual(['box1']);
    expect(shown(true, 'cli')).toEqual(['box1', 'box2']);
    expect(shown(false, 'url')).toEqual(['box3']);
  });

  it('a box that ends may be in the short list or not, and must be in the long one', () => {
    const world = reached(run(print('', '', 3)));
    expect(outcome(world, list(false, 'url')).expect).toMatchObject({
      boxes: [],
      optional: [{ handle: 'box1' }],
    });
    expect(outcome(world, list(true, 'url')).expect).toMatchObject({
      boxes: [{ handle: 'box1' }],
      optional: [],
    });
    expect(saysNothing(world, list(false, 'rest'))).toBe(true);
  });

  it('never change anything', () => {
    for (const step of [inspect('cli'), list(true, 'cli'), list(false, 'cli'), inspect('cli', '?nobody')])
      expect(onward(two, step)).toEqual(two);
  });
});

describe('executions that cannot be told', () => {
  it('spawn over the CLI tells no id: its handle is of nothing', () => {
    const world = onward(reached(run(hold, 'cli')), {
      op: 'spawn',
      via: 'cli',
      on: 'box1',
      as: 'exec1',
      work: hold,
    });
    expect(labels(world, { op: 'wait', exec: 'exec1' })).toEqual(['refused:unknown-execution']);
  });

  it.each(['read', 'runs', 'mounts', 'write', 'open'] as const)('says nothing of a spawned %s', (what) => {
    const work = {
      read: { do: 'read', path: '/root/f1' },
      runs: { do: 'runs' },
      mounts: { do: 'mounts' },
      write: { do: 'write', path: '/root/f1', data: '' },
      open: { do: 'open', gate: 'g1' },
    } as const;
    expect(
      saysNothing(reached(run(hold)), {
        op: 'spawn',
        via: 'rest',
        on: 'box1',
        as: 'exec1',
        work: { ...work[what] },
      }),
    ).toBe(true);
  });

  it('says nothing of a foreground command that would stay, but not with a time limit over REST', () => {
    const world = reached(run(hold));
    expect(saysNothing(world, exec(hold))).toBe(true);
    expect(outcome(world, { ...exec(hold), timeoutS: 1 }).expect).toMatchObject({ codes: [143, 137] });
  });
});
