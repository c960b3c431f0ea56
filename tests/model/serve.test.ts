import { describe, expect, it } from 'vitest';
import { type World, withBox } from '../../model/world.ts';
import type { StepOf } from '../../program/step.ts';
import {
  codeOf,
  labels,
  onward,
  outcome,
  reached,
  saysNothing,
  statusOf,
  worldsAfter,
} from './fixtures/play.ts';
import {
  attach,
  attachMain,
  create,
  exec,
  gate,
  hold,
  inspect,
  list,
  missing,
  print,
  read,
  restart,
  run,
  send,
  spawn,
  start,
  stop,
  wait,
} from './fixtures/steps.ts';

const again = (how: StepOf<'restart-server'>['how'] = 'kill'): StepOf<'restart-server'> => ({
  op: 'restart-server',
  how,
});

it('another server need not know the deadlines of a box, but whether it is resumed (contract 12.4)', () => {
  const asked = { ...create(), autoStopS: 3_600, autoDeleteS: 90_000, autoResume: false };
  const shown = (world: World): unknown => outcome(world, inspect()).expect;
  expect(shown(reached(asked))).toMatchObject({ box: { shows: { autoStopS: 3_600, autoDeleteS: 90_000 } } });
  expect(shown(reached(asked, again()))).toHaveProperty('box.shows', { autoResume: false });
});

describe('another server in place of one that ended (contract 3.5)', () => {
  const talking = reached(run(hold), spawn({ do: 'cat' }), attach(), send('hello\n'));
  const after = onward(talking, again());

  it.each(['interrupt', 'terminate', 'kill'] as const)('%s: a detached box lives on as it was', (how) => {
    const world = onward(talking, again(how));
    expect(world.boxes.box1).toEqual({ ...talking.boxes.box1, adopted: true });
    expect(labels(world, exec(print('x')))).toEqual(['ran']);
    expect(labels(world, stop())).toEqual(['stopped']);
  });

  it('may tell a client the signal of a stop only where it stops the box', () => {
    const talks = [spawn({ do: 'cat' }), attach()];
    const codes = (...made: Parameters<typeof reached>) =>
      outcome(reached(...made, ...talks, again('interrupt')), read()).expect;
    expect(codes(run(undefined, 'sdk'))).toMatchObject({ end: { codes: [-15, -9, -1] } });
    expect(codes(run(hold))).toMatchObject({ end: { codes: [-1] } });
  });

  it('forgets every execution: a typed 404 on every route', () => {
    expect(labels(after, wait())).toEqual(['refused:unknown-execution']);
    expect(labels(after, attach('att2'))).toEqual(['refused:unknown-execution']);
  });

  it('gives an attached client its end, without a code that nobody knows', () => {
    expect(outcome(after, read()).expect).toMatchObject({
      out: { prefixOf: 'hello\n' },
      end: { exitFrame: 'may', codes: [-1] },
      errors: [{ optional: true }],
    });
  });

  it('may have told a client the end of a command that was over before', () => {
    const over = reached(run(hold), spawn(print('x', '', 7)), attach(), wait());
    expect(outcome(onward(over, again()), read()).expect).toMatchObject({
      end: { exitFrame: 'may', codes: [7, -1] },
    });
  });

  it.each([
    ['configured', reached(create())],
    ['stopped', reached(run(hold), stop())],
    ['failed', reached(run(missing))],
  ])('leaves a %s box as it is', (status, world) => {
    expect(onward(world, again()).boxes).toEqual({
      box1: { ...world.boxes.box1, attachedBy: null, draining: false },
    });
    expect(statusOf(world)).toBe(status);
    expect(labels(onward(world, again()), inspect())).toEqual([`shown:${status}`]);
  });

  it('does not touch the other home', () => {
    const local = reached(run(hold, 'cli'), spawn(hold, 'exec1', 'cli'));
    expect(onward(local, again())).toEqual(local);
  });

  it('promises nothing of what a main session replays, until the next start', () => {
    const streams = worldsAfter(after, attachMain('att2')).map(
      (world) => outcome(world, read('att2')).expect,
    );
    expect(streams).toMatchObject([{ out: { exactly: 'up\n' } }, { out: { exactly: '' } }]);
    expect(labels(onward(after, restart()), attachMain('att2'))).toEqual(['attached']);
    expect(labels(onward(after, stop(), start()), attachMain('att2'))).toEqual(['attached']);
  });

  it('says nothing beside a box that a main attach has booted', () => {
    expect(saysNothing(reached(create(hold), attachMain()), again())).toBe(true);
  });

  it.each<[string, World, unknown[][]]>([
    [
      'keeps the code of a box whose command ends at any moment, or loses it',
      reached(run(print('x'))),
      [
        ['ending', 0],
        ['ending', null],
      ],
    ],
    [
      'stops a box that belongs to the server, orderly or not',
      withBox(reached(run(hold)), 'box1', { detached: false }),
      [
        ['ending', 137],
        ['ending', null],
      ],
    ],
    [
      'may stop a box of which that is not said, a copy of one that belongs to it',
      withBox(reached(run(hold)), 'box1', { detached: 'unsaid' }),
      [
        ['running', null],
        ['ending', 137],
        ['ending', null],
      ],
    ],
    [
      'may end a command that reads',
      reached(run({ do: 'cat' })),
      [
        ['running', null],
        ['ending', 0],
      ],
    ],
  ])('%s', (_, world, boxes) => {
    const after = worldsAfter(world, again());
    expect(after.map((next) => [statusOf(next), codeOf(next)])).toEqual(boxes);
  });

  it('ends the stream of an execution that ends at any moment with its code, or with none', () => {
    const world = onward(reached(run(hold), spawn(print('x', '', 3)), attach()), again());
    expect(outcome(world, read()).expect).toMatchObject({ end: { exitFrame: 'may', codes: [3, -1] } });
    expect(labels(world, wait())).toEqual(['refused:unknown-execution']);
  });

  it('has a gate wait on, and opens it', () => {
    const world = onward(reached(run(gate)), again());
    const opened = onward(world, exec({ do: 'open', gate: 'g1' }));
    expect(statusOf(opened)).toBe('ending');
    expect(labels(world, list(true))).toEqual(['listed']);
  });
});
