import { describe, expect, it } from 'vitest';
import type { Observation } from '../../domain/observation.ts';
import { differences } from '../../model/match.ts';
import type { Step, StepOf, Surface } from '../../program/step.ts';
import { labels, onward, outcome, reached, saysNothing } from './fixtures/play.ts';
import {
  attachMain,
  create,
  exec,
  foreground,
  hold,
  missing,
  print,
  restart,
  rm,
  run,
  spawn,
  start,
  stop,
  surfaces,
} from './fixtures/steps.ts';

const metrics = (via: Surface = 'rest', on = 'box1'): StepOf<'metrics'> => ({ op: 'metrics', via, on });
const ofServer: StepOf<'server-metrics'> = { op: 'server-metrics', via: 'rest' };
const info: StepOf<'info'> = { op: 'info', via: 'cli' };
const logs = (part: Partial<StepOf<'logs'>> = {}): StepOf<'logs'> => ({
  op: 'logs',
  via: 'cli',
  on: 'box1',
  ...part,
});

/** The bounds that the usual answer to a step has. */
function numbersOf(step: Step, ...steps: Step[]): Record<string, readonly [number, number | null]> {
  const { expect: told } = outcome(reached(...steps), step);
  const shape = told.is === 'bytes' ? told.data : told.is === 'ended' ? told.out : null;
  if (shape === null || !('numbers' in shape)) throw new Error(`no numbers in ${JSON.stringify(told)}`);
  return shape.numbers;
}

describe('metrics of a box (contract 13, 8.4)', () => {
  it('change nothing, whatever is answered', () => {
    for (const world of [
      reached(run(hold)),
      reached(create()),
      reached(run(hold), stop()),
      reached(run(print('a'))),
    ])
      for (const label of labels(world, metrics())) expect(outcome(world, metrics(), label).next).toBe(world);
  });

  it('count what was executed in the present run, each command once, and those that could not be started', () => {
    const busy = [run(), spawn(hold), exec(print('abc')), exec(missing)];
    expect(numbersOf(metrics(), ...busy)).toMatchObject({
      commands_executed_total: [3, 3],
      exec_errors_total: [1, 1],
      bytes_received_total: [3, null],
      memory_bytes: [1, null],
    });
    expect(numbersOf(metrics(), ...busy, stop(), start())).toMatchObject({
      commands_executed_total: [0, 0],
      exec_errors_total: [0, 0],
      bytes_received_total: [0, null],
    });
  });

  it('of a box that a command has booted count that command', () => {
    expect(numbersOf(metrics(), create(), exec(print('a'), 'url'))).toMatchObject({
      commands_executed_total: [1, 1],
    });
  });

  it('boot no sandbox: it is told of as it is, or refused', () => {
    for (const via of surfaces)
      expect(labels(reached(create(undefined, via)), metrics(via))).toEqual(['told', 'refused:at-rest']);
  });

  it('of a box whose command has ended may be refused as of one at rest, before the word says so', () => {
    const ended = reached(run(print('a')));
    expect(labels(ended, metrics())).toEqual(['told', 'refused:at-rest', 'refused:box-ended']);
    const { expect: atRest } = outcome(ended, metrics(), 'refused:at-rest');
    const text = 'box b is Stopped and AutoStop is enabled; a metrics scrape does not start a box';
    const seen: Observation = { is: 'refused', status: 409, type: 'ConflictError', code: 'conflict', text };
    expect(
      differences(atRest, seen, { via: 'rest', idOf: () => undefined, realName: (name) => name }),
    ).toEqual([]);
  });

  it('are refused for a job at rest and for an unknown box', () => {
    expect(labels(reached(create(hold)), metrics())).toEqual(['refused:guard-fresh']);
    expect(labels(reached(run(hold), stop()), metrics())).toEqual(['refused:guard-ran']);
    for (const via of surfaces)
      expect(labels(reached(), metrics(via, '?nobody'))).toEqual(['refused:unknown-box']);
  });

  it('of a box that only a main attach has booted are left open', () => {
    expect(saysNothing(reached(create(hold), attachMain()), metrics())).toBe(true);
  });
});

describe('metrics of a server (contract 13)', () => {
  it.each<[string, Step[], object]>([
    ['a creation', [create()], { boxes_created_total: [1, 1], num_running_boxes: [0, 0] }],
    ['no creation that is refused', [{ ...create(), flaw: 'unknown-key' }], { boxes_created_total: [0, 0] }],
    ['none of another home', [run(hold, 'cli')], { boxes_created_total: [0, 0], num_running_boxes: [0, 0] }],
    ['a boot that fails', [run(missing)], { boxes_created_total: [1, 1], boxes_failed_total: [1, 1] }],
    ['a stop', [run(hold), stop()], { boxes_stopped_total: [1, 1], num_running_boxes: [0, 0] }],
    ['maybe a stop without effect', [create(), stop()], { boxes_stopped_total: [0, 1] }],
    [
      'a restart as a stop',
      [run(hold), restart()],
      { boxes_stopped_total: [1, 1], num_running_boxes: [1, 1] },
    ],
    ['maybe a run that ended by itself', [foreground(print('a'), 'url')], { boxes_stopped_total: [0, 1] }],
    ['maybe a run that a removal ended', [run(hold), rm(true)], { boxes_stopped_total: [0, 1] }],
    [
      'a command',
      [run(hold), exec(print('a'))],
      { total_commands_executed: [1, 1], total_exec_errors: [0, 0] },
    ],
    [
      'one that is missing',
      [run(), exec(missing)],
      { total_commands_executed: [1, 1], total_exec_errors: [1, 1] },
    ],
    ['none that the state refuses', [create(hold), exec(print('a'))], { total_commands_executed: [0, 0] }],
    [
      'none for nobody',
      [run(hold), exec(print('a'), 'rest', '?nobody')],
      { total_commands_executed: [0, 0] },
    ],
    ['maybe one that met the end', [run(print('a')), exec(print('b'))], { total_commands_executed: [0, 1] }],
  ])('count %s', (_, steps, numbers) => {
    expect(numbersOf(ofServer, ...steps)).toMatchObject(numbers);
  });

  it('begin anew with another server', () => {
    const before = [run(hold), exec(print('a')), stop(), start()];
    expect(numbersOf(ofServer, ...before, { op: 'restart-server', how: 'kill' })).toMatchObject({
      boxes_created_total: [0, 0],
      total_commands_executed: [0, 0],
      num_running_boxes: [1, 1],
    });
  });
});

describe('info (contract 13)', () => {
  it('tells as many boxes as the list shows, failed ones in the total alone', () => {
    const steps = [
      run(missing, 'cli'),
      create(undefined, 'cli', 'box2'),
      run(hold, 'cli', 'box3'),
      create(hold, 'rest', 'box4'),
    ];
    expect(numbersOf(info, ...steps)).toEqual({
      boxesTotal: [3, 3],
      boxesRunning: [1, 1],
      boxesStopped: [0, 0],
      boxesConfigured: [1, 1],
    });
  });

  it('is told either way of a box that is about to stop, and is none of a server', () => {
    expect(numbersOf(info, run(print('a'), 'cli'))).toMatchObject({
      boxesRunning: [0, 1],
      boxesStopped: [0, 1],
    });
    expect(labels(reached(), { op: 'info', via: 'url' })).toEqual(['refused:not-by-url']);
  });
});

describe('logs (contract 13)', () => {
  it('are there in every state, with no more lines than asked for, and change nothing', () => {
    for (const steps of [[create(undefined, 'cli')], [run(hold, 'cli')], [run(missing, 'cli')]]) {
      const world = reached(...steps);
      expect(outcome(world, logs({ lines: 2 })).expect).toMatchObject({
        codes: [0],
        out: { atMostLines: 2 },
      });
      expect(outcome(world, logs({ lines: 0 })).expect).toMatchObject({ out: { anything: true } });
      expect(outcome(world, logs()).next).toBe(world);
    }
  });

  it('are the same twice of a box at rest alone', () => {
    expect(saysNothing(reached(run(hold, 'cli')), logs({ twice: true }))).toBe(true);
    expect(labels(reached(run(hold, 'cli'), stop('cli')), logs({ twice: true }))).toEqual(['printed']);
  });

  it('of nobody are refused, and over a server whatever the box', () => {
    expect(labels(reached(), logs({ on: '?nobody' }))).toEqual(['refused:unknown-box']);
    expect(labels(onward(reached(), run(hold)), logs({ via: 'url' }))).toEqual(['refused:not-by-url']);
  });
});
