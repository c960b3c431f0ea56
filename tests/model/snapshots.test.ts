import { describe, expect, it } from 'vitest';
import { situationOf } from '../../commands/index.ts';
import type { Step, StepOf } from '../../program/step.ts';
import { labels, onward, outcome, reached, saysNothing } from './fixtures/play.ts';
import {
  copyOut,
  create,
  exec,
  hold,
  missing,
  named,
  print,
  rm,
  run,
  start,
  stop,
} from './fixtures/steps.ts';

const snapshot = (name = 's1'): Step => ({ op: 'snapshot', on: 'box1', snapshot: name });
const restore = (name = 's1'): Step => ({ op: 'restore', on: 'box1', snapshot: name });
const drop = (name = 's1'): Step => ({ op: 'snapshot-delete', on: 'box1', snapshot: name });
const listed: Step = { op: 'snapshot-list', on: 'box1' };
const clone = (part: Partial<StepOf<'clone'>> = {}): StepOf<'clone'> => ({
  op: 'clone',
  on: 'box1',
  as: 'box2',
  ...part,
});
const exported: Step = { op: 'export', on: 'box1' };
const imported = (part: Partial<StepOf<'import'>> = {}): StepOf<'import'> => ({
  op: 'import',
  via: 'rest',
  on: 'box1',
  as: 'box2',
  ...part,
});
const write = (path: string): Step => exec({ do: 'write', path, data: 'x' });
const rested = [run(), stop()];

describe('what can be copied (contract 11.2)', () => {
  const copies = [snapshot(), clone(), exported];

  it('is a box with a disk: one that ran, and maybe one whose boot failed', () => {
    for (const step of copies) {
      expect(labels(reached(create()), step)).toEqual(['refused:no-disk']);
      expect(labels(reached(...rested), step)).toHaveLength(1);
      expect(labels(reached(run(missing)), step)).toEqual([
        labels(reached(...rested), step)[0],
        'refused:no-disk',
      ]);
    }
  });

  it('is a running box, unless that is refused', () => {
    for (const step of copies) expect(labels(reached(run(hold)), step)[1]).toBe('refused:copy-of-running');
  });

  it('changes nothing of the box but its snapshots', () => {
    const before = reached(...rested);
    const { snapshots, head, ...after } = onward(before, snapshot()).boxes.box1 ?? {};
    expect([snapshots, head]).toMatchObject([[{ name: 's1', parent: null }], 's1']);
    expect(before.boxes.box1).toMatchObject(after);
  });

  it('is left open while the end of a run is noticed', () => {
    for (const step of copies) expect(saysNothing(reached(run(print('a'))), step)).toBe(true);
  });
});

describe('names of snapshots (contract 11.1)', () => {
  it.each(['', '.a', 'a/b', 'a\\b', 'ü'.repeat(128)])('%j is none', (name) => {
    expect(labels(reached(...rested), snapshot(name))).toEqual(['refused:snapshot-name']);
  });

  it('are taken once in a box, and free after a deletion', () => {
    expect(labels(reached(...rested, snapshot()), snapshot())).toEqual(['refused:snapshot-taken']);
    const free = reached(...rested, snapshot(), snapshot('s2'), restore(), snapshot('s3'), drop('s2'));
    expect(outcome(free, listed).expect).toMatchObject({ data: { exactly: 's1\ns3\n' } });
    expect(labels(free, snapshot('s2'))).toEqual(['snapshot']);
  });
});

describe('restore (contract 11.3)', () => {
  it('puts the disk back as it was, and keeps later snapshots', () => {
    const world = reached(run(), write('/root/a'), snapshot(), write('/root/b'), stop(), restore());
    expect(world.boxes.box1).toMatchObject({ disk: { '/root/a': 'x' }, status: 'stopped', head: 's1' });
    const later = reached(...rested, snapshot(), snapshot('s2'), restore());
    expect(outcome(later, listed).expect).toMatchObject({ data: { exactly: 's1\ns2\n' } });
  });

  it('is refused while the box runs, and for a snapshot that is not there', () => {
    const world = reached(run(), snapshot());
    expect(labels(world, restore())).toEqual(['refused:restore-of-running']);
    expect(labels(world, restore('s2'))).toEqual(['refused:unknown-snapshot', 'refused:restore-of-running']);
    expect(labels(reached(create()), restore())).toEqual(['refused:unknown-snapshot']);
  });

  it('counts runs as the disk has them', () => {
    const runs = exec({ do: 'runs' });
    const world = reached(run(hold), stop(), snapshot(), start(), stop(), restore(), start());
    expect(outcome(world, runs).expect).toMatchObject({ out: { suffixOf: 'r\nr\n', atLeast: 2 } });
    const live = reached(run(hold), snapshot(), stop(), restore(), start());
    expect(outcome(live, runs).expect).toMatchObject({ out: { anything: true } });
  });
});

describe('deletion (contract 11.4)', () => {
  it('is refused for what a disk stands on: the present one, a later snapshot, a clone', () => {
    const chain = reached(...rested, snapshot(), snapshot('s2'));
    for (const name of ['s1', 's2']) expect(labels(chain, drop(name))).toEqual(['refused:snapshot-in-use']);
    const back = onward(chain, restore());
    expect(labels(back, drop('s2'))).toEqual(['deleted']);
    expect(labels(onward(chain, clone(), restore()), drop('s2'))).toEqual(['refused:snapshot-in-use']);
    expect(labels(chain, drop('s3'))).toEqual(['refused:unknown-snapshot']);
  });
});

describe('a clone (contract 11.3)', () => {
  it('lives on without its owner where its source does, else that is not said', () => {
    const cloneOf = (source: Step) => reached(source, stop(), clone()).boxes.box2?.detached;
    expect(cloneOf(run())).toBe(true);
    expect(cloneOf(run(undefined, 'sdk'))).toBe('unsaid');
  });

  it('is at rest, without a code or snapshots, with the files and the command of its source', () => {
    const world = reached(run(hold), write('/root/a'), stop(), snapshot(), clone({ name: 'alpha' }));
    expect(world.boxes.box2).toMatchObject({
      ...{ name: 'alpha', kind: 'job', main: hold, status: 'stopped', code: null, snapshots: [], runs: 0 },
      disk: { '/root/a': 'x' },
    });
    expect(labels(world, exec(print('a'), 'rest', 'box2'))).toEqual(['refused:guard-fresh']);
  });

  it('has the options of its source, but no deadlines', () => {
    const source = { ...run(), env: [{ key: 'BC_A', value: 'a' }], cpus: 2, autoStopS: 3_600 };
    const world = reached(source, stop(), clone());
    expect(world.boxes.box2?.options).toEqual({ env: source.env, cpus: 2 });
    expect(outcome(world, exec({ do: 'environ' }, 'rest', 'box2')).expect).toMatchObject({
      out: { variables: { BC_A: 'a' } },
    });
  });

  it('is independent of its source, which goes by force alone', () => {
    const world = reached(run(), write('/root/a'), stop(), clone());
    expect(labels(world, rm(false))).toEqual(['refused:has-clones']);
    expect(labels(onward(world, rm(true, 'rest', 'box2')), rm(false))).toEqual(['removed']);
    const alone = onward(world, rm(true), start('rest', 'box2'));
    expect(outcome(alone, copyOut('/root/a', 'rest', 'box2')).expect).toMatchObject({
      data: { exactly: 'x' },
    });
  });

  it('is not made with a name that is taken', () => {
    const world = reached(named(run(hold), 'alpha'), stop());
    expect(labels(world, clone({ name: 'alpha' }))).toEqual(['refused:copy-name-taken']);
    expect(outcome(world, clone({ name: 'alpha' })).next.boxes.box2?.status).toBe('removed');
  });
});

describe('archives (contract 11.3)', () => {
  it('are boxes again, or refused where they name a directory of the host', () => {
    const world = reached(...rested);
    expect(labels(world, imported())).toEqual(['imported', 'refused:archive-untrusted']);
    expect(outcome(world, imported()).next.boxes.box2).toMatchObject({ status: 'stopped', source: null });
  });

  it('are refused when they are none', () => {
    expect(labels(reached(...rested), imported({ flaw: 'cut' }))).toEqual(['refused:bad-archive']);
    expect(labels(reached(), { op: 'import', via: 'rest', as: 'box1', flaw: 'empty' })).toEqual([
      'refused:bad-archive',
    ]);
    expect(saysNothing(reached(), { op: 'import', via: 'rest', as: 'box1' })).toBe(true);
  });
});

describe('conditions of copies', () => {
  it('tell copies of running boxes from those of boxes at rest', () => {
    const look: Step = { op: 'inspect', via: 'rest', on: 'box2' };
    expect(situationOf(reached(run(hold), clone()), look)).toBe('job/stopped~live-copy');
    expect(situationOf(reached(run(hold), stop(), clone()), look)).toBe('job/stopped~rest-copy');
    expect(situationOf(reached(run(), snapshot(), stop()), restore())).toBe('sandbox/stopped:live-snapshot');
    expect(situationOf(reached(run(), stop()), restore())).toBe('sandbox/stopped:no-snapshot');
  });
});
