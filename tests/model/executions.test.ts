import { describe, expect, it } from 'vitest';
import { deadlines } from '../../domain/deadlines.ts';
import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { labels, onward, outcome, predicted, reached, saysNothing, worldsAfter } from './fixtures/play.ts';
import {
  attach,
  hold,
  kill,
  missing,
  print,
  read,
  resize,
  rm,
  run,
  signal,
  spawn,
  stop,
  trapped,
  wait,
} from './fixtures/steps.ts';

/** The lives of an execution (contract 5.1, 5.4). */
const lives: Record<string, Step[]> = {
  running: [run(hold), spawn(hold)],
  ending: [run(hold), spawn(print('o', 'e', 7))],
  completed: [run(hold), spawn(print('o', 'e', 7)), wait()],
  forgotten: [run(hold), spawn(hold), kill()],
  'of a removed box': [run(hold), spawn(hold), rm(true)],
  'never made': [run(hold)],
};
const life = (name: string): World => reached(...(lives[name] as Step[]));

const over = ['no-effect', 'refused:execution-over'];
const late = ['signalled', 'refused:execution-over'];
const unknown = ['refused:unknown-execution'];

/** What each request on an execution may be answered with; null: the contract fixes nothing. */
const table: [string, Step, Record<string, string[] | null>][] = [
  ['wait', wait(), { running: ['still-running'], ending: ['completed'], completed: ['completed'] }],
  ['a signal', signal(15), { running: ['signalled'], ending: late, completed: over }],
  ['a window change', signal(28), { running: ['signalled'], ending: late, completed: over }],
  [
    'a forbidden signal',
    signal(9),
    {
      running: ['refused:bad-signal'],
      ending: ['refused:bad-signal', ...over],
      completed: ['refused:bad-signal', ...over],
    },
  ],
  [
    'kill',
    kill(),
    {
      running: ['killed'],
      ending: ['forgotten', 'refused:execution-over'],
      completed: ['forgotten', 'refused:execution-over'],
    },
  ],
  ['resize', resize(24, 80), { running: over, ending: over, completed: over }],
  ...[resize(0, 1), resize(1, 0), resize(-1, 1), resize(1, -1)].map(
    (step): [string, Step, Record<string, string[]>] => [
      `resize to ${step.rows} × ${step.cols}`,
      step,
      { running: ['refused:bad-size'], ending: ['refused:bad-size'], completed: ['refused:bad-size'] },
    ],
  ),
];

const notFound = (step: Step): string[] => {
  if (step.op === 'signal' && step.signal === 9) return ['refused:bad-signal-or-unknown'];
  if (step.op === 'resize' && (step.rows < 1 || step.cols < 1)) return ['refused:bad-size-or-unknown'];
  return unknown;
};

describe('requests on an execution (contract 4.2, 5.1)', () => {
  it.each(table)('%s', (_, step, cells) => {
    for (const [name, wanted] of Object.entries(cells)) {
      if (wanted === null) expect(saysNothing(life(name), step), name).toBe(true);
      else expect(labels(life(name), step), name).toEqual(wanted);
    }
    for (const name of ['forgotten', 'of a removed box', 'never made'])
      expect(labels(life(name), step), name).toEqual(notFound(step));
  });

  it('that are refused, or come too late, leave the execution as it was', () => {
    for (const name of ['running', 'ending', 'completed'])
      for (const step of [signal(9), resize(0, 0), resize(1, 1)])
        for (const { next } of predicted(life(name), step).outcomes) expect(next).toEqual(life(name));
    for (const { next } of predicted(life('completed'), signal(15)).outcomes)
      expect(next).toEqual(life('completed'));
  });

  it('a refused DELETE of what may be over says that it is over', () => {
    const { next } = outcome(life('ending'), kill(), 'refused:execution-over');
    expect(next.execs.exec1).toMatchObject({ status: 'completed', codes: [7] });
    expect(outcome(life('ending'), kill()).next.execs.exec1?.status).toBe('gone');
  });
});

describe('wait', () => {
  it('looks at a running execution once, and waits for the end of one that ends', () => {
    const now = predicted(life('running'), wait());
    expect(now).toMatchObject({ deadlineMs: deadlines.readMs });
    expect(now.pollMs).toBeUndefined();
    expect(now.outcomes[0]).toEqual({
      label: 'still-running',
      expect: { is: 'execution', status: 'running' },
      next: life('running'),
    });
    const later = predicted(life('ending'), wait());
    expect(later).toMatchObject({ deadlineMs: deadlines.readMs, pollMs: deadlines.endMs });
    expect(later.outcomes[0].expect).toEqual({ is: 'execution', status: 'completed', codes: [7] });
    expect(later.outcomes[0].next.execs.exec1?.status).toBe('completed');
  });
});

describe('a signal', () => {
  const signalled = (world: World, number: number) => onward(world, signal(number)).execs.exec1;

  it.each([1, 2, 3, 6, 10, 12, 15])('%i ends a process without a handler by its number', (number) => {
    expect(signalled(life('running'), number)).toMatchObject({
      status: 'ending',
      codes: [-number],
      cut: true,
      stdinOpen: false,
    });
  });

  it('may reach a process that is about to end by itself, or come too late', () => {
    const [reachedIt, late] = worldsAfter(life('ending'), signal(15));
    const { codes = [] } = life('ending').execs.exec1 ?? {};
    expect(reachedIt?.execs.exec1).toMatchObject({ status: 'ending', codes: [...codes, -15], cut: true });
    expect(late).toEqual(life('ending'));
    expect(worldsAfter(life('ending'), signal(28))[0]).toEqual(life('ending'));
  });

  it('is handled where there is a handler for TERM, and for TERM only', () => {
    const world = reached(run(hold), spawn(trapped));
    expect(signalled(world, 15)?.codes).toEqual([5, -15]);
    expect(signalled(world, 2)?.codes).toEqual([-2]);
    expect(signalled(reached(run(hold), spawn({ do: 'cat' })), 15)?.codes).toEqual([-15]);
  });

  it.each([0, -1, 4, 9, 19, 64])('%i is not on the list', (number) => {
    expect(labels(life('running'), signal(number))).toEqual(['refused:bad-signal']);
  });

  it('leaves a beginning of the output to be read, and an exit frame that must come', () => {
    const world = onward(life('running'), attach(), signal(15));
    expect(outcome(world, read()).expect).toMatchObject({
      out: { prefixOf: 'up\n' },
      end: { exitFrame: 'must', codes: [-15] },
    });
  });
});

describe('a stop of the box', () => {
  it('lets a handler of the tenant give the code', () => {
    expect(reached(run(hold), spawn(trapped), stop()).execs.exec1).toMatchObject({
      status: 'ending',
      codes: [5, -15, -9, -1],
      cut: true,
      stdinOpen: false,
    });
  });

  it('leaves the codes of one that ends by itself possible, and keeps what is over', () => {
    expect(onward(life('ending'), stop()).execs.exec1?.codes).toEqual([7, -15, -9, -1]);
    const ended = onward(life('ending'), attach(), wait(), stop()).execs.exec1;
    expect(ended).toMatchObject({ status: 'completed', codes: [7], cut: false, attachedBy: null });
  });
});

describe('a removal', () => {
  it('ends clients and executions of that box, and of no other', () => {
    const other = [
      run(hold, 'rest', 'box2'),
      { ...spawn(hold, 'exec2'), on: 'box2' },
      attach('att2', 'exec2'),
    ];
    const before = reached(...(lives.running as Step[]), attach(), ...other);
    const gone = onward(before, rm(true));
    expect(gone.execs.exec1).toMatchObject({ status: 'gone', attachedBy: null });
    expect(gone.attaches.att1).toMatchObject({
      state: 'ended',
      final: { out: 'up\n', cut: true, exitFrame: 'may', codes: [-15, -9, -1] },
    });
    expect(gone.execs.exec2).toEqual(before.execs.exec2);
    expect(gone.attaches.att2).toEqual(before.attaches.att2);
    expect(gone.boxes.box2).toEqual(before.boxes.box2);
  });

  it('does not touch what a client closed or read to its end before', () => {
    const closed = reached(...(lives.running as Step[]), attach(), {
      op: 'detach',
      attach: 'att1',
      how: 'close',
    });
    expect(onward(closed, rm(true)).attaches).toEqual(closed.attaches);
    const ended = onward(life('ending'), attach(), read());
    expect(onward(ended, rm(true)).attaches).toEqual(ended.attaches);
  });
});

it('a box whose command cannot be started has no executions', () => {
  expect(reached(run(missing), spawn(hold)).execs.exec1?.status).toBe('gone');
});
