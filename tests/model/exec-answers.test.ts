import { describe, expect, it } from 'vitest';
import { deadlines } from '../../domain/deadlines.ts';
import type { Work } from '../../domain/work.ts';
import type { Step, StepOf } from '../../program/step.ts';
import {
  labels,
  onward,
  outcome,
  predicted,
  reached,
  saysNothing,
  statusOf,
  uncounted,
  worldsAfter,
} from './fixtures/play.ts';
import {
  attachMain,
  copyIn,
  create,
  exec,
  foreground,
  hold,
  missing,
  print,
  run,
  spawn,
  stop,
  surfaces,
  trapped,
} from './fixtures/steps.ts';

const directory: Work = { do: 'directory' };
const endless = { ...exec(hold), timeoutS: 1 };
const ending = () => reached(run(print('', '', 7)));

describe('a command that cannot be started (contract 2.2, 2.4, 4.5)', () => {
  it.each<[string, Step]>([
    ['refused:exec-missing', exec(missing)],
    ['refused:exec-directory', exec(directory)],
    ['refused:exec-workdir', { ...exec(print('x')), badWorkdir: true }],
    ['refused:exec-missing', spawn(missing)],
    ['refused:exec-directory', spawn(directory)],
  ])('%s', (label, step) => {
    const world = reached(run(hold));
    expect(labels(world, step)).toEqual([label]);
    expect(onward(world, step).boxes).toEqual(world.boxes);
    expect(onward(world, step).execs.exec1?.status).toBe(step.op === 'spawn' ? 'gone' : undefined);
    expect(labels(ending(), step)).toEqual([label, 'refused:box-ended']);
    expect(outcome(reached(run(), stop()), step).next.boxes.box1).toMatchObject({
      status: 'running',
      runs: 2,
    });
  });

  it.each<[string, Work]>([
    ['refused:main-missing', missing],
    ['refused:main-directory', directory],
  ])('%s on every way to a run', (label, main) => {
    for (const step of [run(main), foreground(main)]) expect(labels(reached(), step)).toEqual([label]);
    expect(labels(reached(create(main)), attachMain())).toEqual(['primed', label]);
    expect(outcome(reached(create(main)), attachMain(), label).next.boxes.box1?.status).toBe('failed');
    expect(outcome(reached(create(main)), attachMain()).next.boxes.box1?.status).toBe('primed');
  });

  it('of no box: not found', () => {
    expect(labels(reached(), spawn(hold))).toEqual(['refused:unknown-box']);
  });
});

describe('much output (contract 7.5)', () => {
  const flood: Work = { do: 'flood', bytes: 300_000, pattern: 'text', to: 'both', code: 0 };
  const world = reached(run(hold), run(hold, 'cli', 'box2'));

  it('is exact where the client was there from the start, and may have lost its beginning where it came later', () => {
    const late = { suffixOf: expect.any(String), atLeast: 131_072 };
    expect(outcome(world, exec(flood, 'rest')).expect).toMatchObject({ out: late, err: late });
    const near = outcome(world, exec(flood, 'cli', 'box2')).expect;
    expect(near).toMatchObject({
      out: { exactly: expect.any(String) },
      err: { contains: [expect.any(String)] },
    });
  });

  it('is not judged where an SDK may have cut a character of it', () => {
    expect(outcome(world, exec(flood, 'sdk')).expect).toMatchObject({ out: { anything: true } });
    const ascii: Work = { ...flood, pattern: 'line' };
    expect(outcome(world, exec(ascii, 'sdk')).expect).toMatchObject({ out: { atLeast: 131_072 } });
  });
});

describe('exec in a box that ends meanwhile (contract 7.1, 7.2, 7.4)', () => {
  it('is its own output and code, the refusal, or cut off: never success with output missing', () => {
    const outcomes = predicted(ending(), exec(print('out', 'err', 0))).outcomes;
    expect(outcomes.map(({ label, expect: told }) => [label, told])).toEqual([
      ['ran', { is: 'ended', codes: [0], out: { exactly: 'out' }, err: { exactly: 'err' } }],
      ['refused:box-ended', { is: 'refused', reason: 'box-ended' }],
      ['cut', { is: 'ended', codes: 'nonzero', out: { prefixOf: 'out' }, err: { anything: true } }],
    ]);
    for (const { next } of outcomes) expect(uncounted(next)).toEqual(uncounted(ending()));
  });

  it('may show any part of the mounts', () => {
    expect(outcome(ending(), exec({ do: 'mounts' }), 'cut').expect).toMatchObject({
      out: { anything: true },
    });
  });

  it('says nothing where its effects would be in doubt', () => {
    expect(saysNothing(ending(), exec({ do: 'write', path: '/root/f1', data: '' }))).toBe(true);
    expect(saysNothing(ending(), exec({ do: 'open', gate: 'g1' }))).toBe(true);
    expect(saysNothing(reached(run(hold)), exec({ do: 'open', gate: 'g1' }))).toBe(false);
  });

  it('has nothing to race with in a box that stays', () => {
    expect(labels(reached(run(hold)), exec(print('x')))).toEqual(['ran']);
  });

  it('spawned, is refused or cut off with the box', () => {
    const world = ending();
    expect(labels(world, spawn(hold))).toEqual(['spawned', 'refused:box-ended']);
    expect(onward(world, spawn(hold)).execs.exec1).toMatchObject({
      status: 'ending',
      codes: [-15, -9, -1],
      cut: true,
    });
    expect(onward(world, spawn(print('o', '', 3))).execs.exec1?.codes).toEqual([3, -15, -9, -1]);
    expect(outcome(world, spawn(hold), 'refused:box-ended').next.execs.exec1?.status).toBe('gone');
    expect(labels(reached(run(hold)), spawn(hold))).toEqual(['spawned']);
  });

  it('spawned in a sandbox that may have ended by now, is cut off with it, or goes on in its next run', () => {
    const over = reached(run(undefined, 'sdk'), { op: 'restart-server', how: 'interrupt' });
    const found = worldsAfter(over, spawn(hold)).map(({ boxes, execs }) => [
      boxes.box1?.runs,
      execs.exec1?.status,
    ]);
    expect(found).toContainEqual([1, 'ending']);
    expect(found).toContainEqual([2, 'running']);
    expect(found).not.toContainEqual([2, 'ending']);
  });
});

it('a sandbox that a main attach has booted is run by exec, spawn and cp, or takes them as it is (contract 5.5)', () => {
  const primed = reached(create(), attachMain());
  for (const step of [exec(print('x')), spawn(hold), copyIn('/root/f1')]) {
    const worlds = worldsAfter(primed, step);
    expect(worlds.map((world) => [statusOf(world), world.boxes.box1?.runs])).toEqual([
      ['running', 1],
      ['primed', 0],
    ]);
    for (const { boxes } of worlds) expect(boxes.box1?.attachedBy).toBe('att1');
  }
});

it('a job box that a main attach has booted refuses exec, spawn and cp, or takes them (contract 5.5)', () => {
  const primed = reached(create(hold), attachMain());
  expect(labels(primed, exec(print('x')))).toEqual(['refused:guard-fresh', 'ran']);
  expect(labels(primed, spawn(hold))).toEqual(['refused:guard-fresh', 'spawned']);
  expect(labels(primed, copyIn('/root/f1'))).toEqual(['refused:guard-fresh', 'copied']);
});

describe('a time limit (contract 5.1)', () => {
  it('ends what would stay, by TERM or KILL', () => {
    expect(predicted(reached(run(hold)), endless).outcomes).toEqual([
      {
        label: 'timed-out',
        expect: { is: 'ended', codes: [143, 137], out: { prefixOf: 'up\n' }, err: { exactly: '' } },
        next: { ...reached(run(hold)), counts: expect.anything() },
      },
    ]);
  });

  it.each<[string, StepOf<'exec'>]>([
    ['without one', exec(hold)],
    ['on a surface that has none', { ...exec(hold, 'url'), timeoutS: 1 }],
    ['with a handler of its own', { ...exec(trapped), timeoutS: 1 }],
    [
      'with a gate that may open',
      { ...exec({ do: 'gate', gate: 'g1', out: '', after: '', code: 0 }), timeoutS: 1 },
    ],
    ['too short to tell', { ...exec(print('x')), timeoutS: 0.9 }],
  ])('says nothing %s', (_, step) => {
    expect(saysNothing(reached(run(hold)), step)).toBe(true);
  });

  it('of a second or more does not matter to what ends at once', () => {
    expect(labels(reached(run(hold)), { ...exec(print('x')), timeoutS: 1 })).toEqual(['ran']);
  });
});

describe('what the CLI adds to stderr is allowed (contract 1.1, 7.7)', () => {
  it.each(surfaces)('over %s', (via) => {
    const world = reached(run(hold, via));
    const err = (work: Work) => {
      const told = outcome(world, exec(work, via)).expect;
      return told.is === 'ended' ? told.err : null;
    };
    expect(err(print('o', 'e'))).toEqual(via === 'rest' ? { exactly: 'e' } : { contains: ['e'] });
    const path = '/root/f1';
    for (const work of [{ do: 'write', path, data: '' }, { do: 'read', path }, { do: 'runs' }] as const)
      expect(err(work)).toEqual({ anything: true });
  });
});

describe('output beyond the backlog (contract 7.5)', () => {
  const flood = (bytes: number): Work => ({ do: 'flood', bytes, code: 0 });
  const out = (bytes: number, via: 'cli' | 'rest') => {
    const told = outcome(reached(run(hold, via)), exec(flood(bytes), via)).expect;
    return told.is === 'ended' ? told.out : null;
  };

  it('may have lost its beginning where the attach comes later, and nowhere else', () => {
    expect(out(192 * 1024, 'rest')).toHaveProperty('exactly');
    expect(out(192 * 1024 + 1, 'rest')).toMatchObject({ atLeast: 128 * 1024 });
    expect(out(192 * 1024 + 1, 'cli')).toHaveProperty('exactly');
  });

  it('of what is cut off may be any part', () => {
    const cut = (bytes: number) => outcome(ending(), exec(flood(bytes)), 'cut').expect;
    expect(cut(192 * 1024)).toHaveProperty('out.prefixOf');
    expect(cut(192 * 1024 + 1)).toMatchObject({ out: { anything: true } });
  });
});

it('a boot is allowed for only where one is needed (contract 7.11)', () => {
  const deadline = (before: Step[], step: Step) => predicted(reached(...before), step).deadlineMs;
  for (const step of [exec(print('x')), spawn(hold), exec(missing)]) {
    expect(deadline([run()], step)).toBe(deadlines.commandMs);
    expect(deadline([create()], step)).toBe(deadlines.bootMs);
    expect(deadline([run(), stop()], step)).toBe(deadlines.bootMs);
  }
});

it('a command that could not be started may have run or not, once its box was stopped (contract 2.4)', () => {
  const tried = reached(run(missing), stop());
  expect(labels(tried, exec(print('x')))).toEqual(['refused:guard-fresh', 'refused:guard-ran']);
});
