import { describe, expect, it } from 'vitest';
import { deadlines } from '../../domain/deadlines.ts';
import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import {
  labels,
  onward,
  outcome,
  predicted,
  reached,
  saysNothing,
  statusOf,
  worldsAfter,
} from './fixtures/play.ts';
import {
  attachMain,
  create,
  gate,
  hold,
  inspect,
  list,
  missing,
  named,
  print,
  restart,
  rm,
  run,
  settle,
  start,
  stop,
  surfaces,
  trapped,
} from './fixtures/steps.ts';

/** What each state of a box may show, word and code (contract 2.7, 3.3, 5.5, 7.1). */
const states: [string, Step[], [string, number | null | 'any'][]][] = [
  ['configured', [create()], [['configured', null]]],
  [
    'primed',
    [create(hold), attachMain()],
    [
      ['configured', null],
      ['running', null],
    ],
  ],
  ['running', [run(hold)], [['running', null]]],
  [
    'ending',
    [run(print('', '', 7))],
    [
      ['stopped', 7],
      ['running', null],
      ['running', 7],
    ],
  ],
  ['stopped', [run(hold), stop()], [['stopped', 137]]],
  ['stopped by its handler', [run(trapped), stop()], [['stopped', 5]]],
  ['failed', [run(missing)], [['failed', 'any']]],
];

const shown = (world: World) => {
  const { outcomes } = predicted(world, inspect());
  return outcomes.flatMap(({ expect: told }) => (told.is === 'box' ? told.box.states : []));
};

describe('inspect', () => {
  it.each(states)('shows %s', (_, steps, wanted) => {
    const told = shown(reached(...steps));
    expect(told.map(({ status, code }) => [status, code])).toEqual(wanted);
  });

  it.each(states)('of %s changes nothing, unless it shows that a run is over', (_, steps) => {
    const world = reached(...steps);
    for (const { label, next } of predicted(world, inspect()).outcomes) {
      const settled = world.boxes.box1?.status === 'ending' && label === 'shown:stopped';
      expect(next).toEqual(settled ? onward(world, settle()) : world);
    }
  });

  it('tells the box and its name', () => {
    expect(outcome(reached(named(create(), 'a')), inspect()).expect).toEqual({
      is: 'box',
      box: { handle: 'box1', name: 'a', states: [{ status: 'configured', code: null }] },
    });
  });

  it('a start or stop over REST tells the same', () => {
    const world = reached(run(hold));
    const state = (status: string, code: number | null) => ({
      is: 'done',
      box: { handle: 'box1', name: null, states: [{ status, code }] },
    });
    expect(outcome(world, stop()).expect).toEqual(state('stopped', 137));
    expect(outcome(world, start()).expect).toEqual(state('running', null));
    expect(outcome(reached(run(hold, 'url')), stop('url')).expect).toEqual({ is: 'done' });
    expect(outcome(world, rm(true)).expect).toEqual({ is: 'done' });
  });
});

describe('list', () => {
  const lists = (steps: Step[], all: boolean) => {
    const told = outcome(reached(...steps), list(all, 'url')).expect;
    const handles = (boxes: readonly { handle: string }[]) => boxes.map(({ handle }) => handle);
    return told.is === 'boxes' ? [handles(told.boxes), handles(told.optional)] : null;
  };

  it.each<[string, Step[], 'must' | 'may' | 'not']>([
    ['configured', [create()], 'not'],
    ['primed', [create(hold), attachMain()], 'may'],
    ['running', [run(hold)], 'must'],
    ['ending', [run(print('', '', 7))], 'may'],
    ['stopped', [run(hold), stop()], 'not'],
    ['failed', [run(missing)], 'not'],
  ])('without -a shows running boxes; %s', (_, steps, wanted) => {
    expect(lists(steps, false)).toEqual([
      wanted === 'must' ? ['box1'] : [],
      wanted === 'may' ? ['box1'] : [],
    ]);
    expect(lists(steps, true)).toEqual([['box1'], []]);
    expect(lists([...steps, rm(true)], true)).toEqual([[], []]);
  });

  it('shows a box that may be running as running', () => {
    const told = outcome(reached(run(print('', '', 7))), list(false, 'url')).expect;
    expect(told).toMatchObject({
      optional: [
        {
          states: [
            { status: 'running', code: null },
            { status: 'running', code: 7 },
          ],
        },
      ],
    });
    expect(labels(reached(), list(true))).toEqual(['listed']);
  });
});

describe('settle', () => {
  it('waits for the end of a run for 3 s, at once where it is over, and says nothing elsewhere', () => {
    const world = reached(run(print('', '', 7)));
    const prediction = predicted(world, settle());
    expect(prediction).toMatchObject({ pollMs: deadlines.settleMs, deadlineMs: deadlines.readMs });
    expect(prediction.outcomes.map(({ label, expect: told }) => [label, told])).toEqual([
      [
        'settled',
        { is: 'box', box: { handle: 'box1', name: null, states: [{ status: 'stopped', code: 7 }] } },
      ],
    ]);
    expect(onward(world, settle(), settle())).toEqual(onward(world, settle()));
    for (const steps of [[], [create()], [run(hold)], [run(missing)], [create(hold), attachMain()]])
      expect(saysNothing(reached(...steps), settle())).toBe(true);
  });
});

it('a read over REST is limited to 5 s; a CLI process opens its home first (contract 7.11)', () => {
  for (const via of surfaces) {
    const limit = via === 'rest' ? deadlines.readMs : deadlines.commandMs;
    const world = reached(run(print('', '', 7), via));
    for (const step of [inspect(via), list(true, via), settle(via), inspect(via, '?x')])
      expect(predicted(world, step).deadlineMs).toBe(limit);
  }
});

describe('start, stop, restart, rm', () => {
  const all = (steps: Step[], step: Step) => labels(reached(...steps), step);

  it('tell what they did in the same words on every surface', () => {
    for (const via of surfaces) {
      expect(all([create(undefined, via)], start(via))).toEqual(['started']);
      expect(all([run(hold, via)], start(via))).toEqual(['already']);
      expect(all([run(hold, via)], stop(via))).toEqual(['stopped']);
      expect(all([create(undefined, via)], stop(via))).toEqual(['no-effect']);
      expect(all([run(hold, via), stop(via)], stop(via))).toEqual(['no-effect']);
      expect(all([run(missing, via)], stop(via))).toEqual(['stopped']);
      expect(all([run(hold, via)], rm(true, via))).toEqual(['removed']);
    }
  });

  it('restart ends the run with what hangs on it, where there is one', () => {
    const before = [
      run(gate),
      attachMain(),
      { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: hold },
    ];
    const world = onward(reached(...(before as Step[])), restart());
    expect(world.boxes.box1).toMatchObject({ status: 'running', runs: 2, code: null, attachedBy: null });
    expect(world.attaches.att1?.state).toBe('ended');
    expect(world.execs.exec1?.status).toBe('ending');
    const ending = reached(run(print('', '', 7)), attachMain(), restart());
    expect(ending.attaches.att1).toMatchObject({ state: 'ended', final: { codes: [7], exitFrame: 'may' } });
  });

  it('a failed box that is stopped shows no code that is judged', () => {
    expect(reached(run(missing), stop()).boxes.box1).toMatchObject({ status: 'stopped', code: 'any' });
  });

  it('have a main command that reads a stdin nobody speaks of wait or end', () => {
    const world = reached(create({ do: 'cat' }));
    for (const step of [start(), restart()])
      expect(worldsAfter(world, step).map((next) => statusOf(next))).toEqual(['running', 'ending']);
  });

  it('on a box that a main attach has booted: start runs the command', () => {
    const primed = reached(create(hold), attachMain());
    expect(onward(primed, start()).boxes.box1).toMatchObject({ status: 'running', attachedBy: 'att1' });
  });

  it('have limits that grow with the number of targets (contract 7.11)', () => {
    const limit = (step: Step) => predicted(reached(), step).deadlineMs;
    expect(limit(start('cli', 'box1', 'box2'))).toBe(2 * deadlines.bootMs);
    expect(limit(stop('cli'))).toBe(deadlines.stopMs);
    expect(limit(rm(false, 'cli'))).toBe(deadlines.removeMs);
    expect(limit(restart())).toBe(deadlines.bootMs + deadlines.stopMs);
  });
});
