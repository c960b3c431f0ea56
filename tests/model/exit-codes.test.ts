import { describe, expect, it } from 'vitest';
import type { Work } from '../../domain/work.ts';
import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
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
  attachMain,
  copyOut,
  create,
  exec,
  foreground,
  gate,
  hold,
  inspect,
  missing,
  print,
  restart,
  rm,
  run,
  settle,
  start,
  stop,
  trapped,
} from './fixtures/steps.ts';

describe('exit codes kept with the box (contract 3.3)', () => {
  it.each<[string, Work, number]>([
    ['a returned code', print('', '', 42), 42],
    ['INT, which the shell handles', { do: 'die', signal: 2 }, 130],
    ['TERM, which PID 1 has no handler for', { do: 'die', signal: 15 }, 0],
    ['its own KILL, which PID 1 never gets', { do: 'die', signal: 9 }, 0],
  ])('%s', (_, main, code) => {
    expect(codeOf(reached(run(main), settle()))).toBe(code);
    expect(codeOf(reached(foreground(main, 'cli')))).toBe(code);
  });

  it('a stop gives 137, or the code of a handler that was in place', () => {
    const codes = (...steps: Step[]) => worldsAfter(reached(...steps), stop()).map((world) => codeOf(world));
    expect(codes(run(hold))).toEqual([137]);
    expect(codes(run(undefined))).toEqual([0, 137]);
    expect(codes(run(trapped))).toEqual([5, 137]);
    expect(codes(run({ do: 'cat' }))).toEqual([0, 137]);
    expect(outcome(reached(run(trapped), stop()), inspect()).expect).toMatchObject({
      box: { states: [{ status: 'stopped', code: 5 }] },
    });
  });

  it('a stop of a run that is over keeps its code', () => {
    expect(codeOf(reached(run(print('', '', 7)), settle(), stop()))).toBe(7);
  });

  it('a stop that meets the end of a run may come first', () => {
    const worlds = worldsAfter(reached(run(print('', '', 7))), stop());
    expect(worlds.map((world) => codeOf(world))).toEqual([7, 137]);
  });

  it('a new start clears the code, on every way to one', () => {
    const over = reached(run(hold), stop());
    expect(codeOf(onward(over, start()))).toBeNull();
    expect(codeOf(onward(over, restart()))).toBeNull();
    expect(outcome(over, start()).expect).toMatchObject({
      box: { states: [{ status: 'running', code: null }] },
    });
  });

  it('a refused operation does not touch it', () => {
    const over = reached(run(hold), stop());
    for (const step of [exec(print('')), copyOut('/root/f1')]) expect(onward(over, step)).toEqual(over);
  });

  it('a foreground run passes the code on and leaves the box, or nothing with --rm', () => {
    const step = foreground(print('a', 'b', 7), 'cli');
    expect(outcome(reached(), step).expect).toMatchObject({ is: 'ended', codes: [7], out: { exactly: 'a' } });
    expect(reached(step).boxes.box1).toMatchObject({ status: 'stopped', runs: 1, detached: false });
    expect(statusOf(reached({ ...step, rm: true }))).toBe('removed');
    expect(statusOf(reached(foreground(missing, 'cli')))).toBe('failed');
    expect(statusOf(reached({ ...foreground(missing, 'cli'), rm: true }))).toBe('removed');
  });

  it('counts runs by what the command did', () => {
    const world = reached(run(hold), restart(), stop(), start());
    expect(outcome(world, exec({ do: 'runs' })).expect).toMatchObject({
      out: { suffixOf: 'r\nr\nr\n', atLeast: 4 },
    });
    const sandbox = reached(run(undefined));
    expect(outcome(sandbox, exec({ do: 'runs' })).expect).toMatchObject({ codes: [1], out: { exactly: '' } });
  });
});

describe('the end of the main command is noticed late (contract 7.1)', () => {
  const ending = reached(run(print('', '', 7)));

  it('shows as stopped with the code or as running; only the word is late', () => {
    const told = labels(ending, inspect());
    expect(told).toEqual(['shown:stopped', 'shown:running']);
    expect(outcome(ending, inspect(), 'shown:running').expect).toMatchObject({
      box: {
        states: [
          { status: 'running', code: null },
          { status: 'running', code: 7 },
        ],
      },
    });
    expect(statusOf(outcome(ending, inspect(), 'shown:running').next)).toBe('ending');
    expect(statusOf(outcome(ending, inspect()).next)).toBe('stopped');
  });

  it('is polled for by settle, for 3 s', () => {
    const world = reached(run(print('', '', 7)));
    expect(onward(world, settle()).boxes.box1).toMatchObject({ status: 'stopped', code: 7 });
    expect(saysNothing(reached(run(hold)), settle())).toBe(true);
  });

  it('lets exec answer as in Running or as in Stopped, never with success and output missing', () => {
    expect(labels(ending, exec(print('out', '', 0)))).toEqual(['ran', 'refused:box-ended', 'cut']);
    expect(outcome(ending, exec(print('out', '', 0)), 'cut').expect).toMatchObject({ codes: 'nonzero' });
  });

  it('holds for a server after a foreground run, not for the next local process', () => {
    expect(statusOf(reached(foreground(print('', '', 7), 'cli')))).toBe('stopped');
    expect(statusOf(reached(foreground(print('', '', 7), 'url')))).toBe('ending');
    expect(statusOf(reached(foreground(print('', '', 7), 'rest')))).toBe('ending');
  });

  it('has a start mean one more run or none, and a restart one more', () => {
    expect(labels(ending, start())).toEqual(['already', 'started']);
    expect(worldsAfter(ending, start()).map(({ boxes }) => boxes.box1?.runs)).toEqual([1, 2]);
    expect(onward(ending, restart()).boxes.box1?.runs).toBe(2);
  });

  it('removes with force, and without it unless the word is late', () => {
    expect(labels(ending, rm(true))).toEqual(['removed']);
    expect(labels(ending, rm(false))).toEqual(['removed', 'refused:still-running']);
  });

  it('begins with an exec that opens the gate of the main command, which may be cut off by that', () => {
    const world = reached(run(gate));
    const open = exec({ do: 'open', gate: 'g1' });
    expect(labels(world, open)).toEqual(['ran', 'refused:box-ended', 'cut']);
    expect(onward(world, open).boxes.box1).toMatchObject({ status: 'ending', code: 7, out: 'one\ntwo\n' });
    expect(onward(world, open, settle(), start()).boxes.box1).toMatchObject({ status: 'ending', runs: 2 });
  });
});

describe('create then start', () => {
  it('starts the stored command once', () => {
    expect(reached(create(hold), start()).boxes.box1).toMatchObject({ status: 'running', runs: 1 });
    expect(reached(create(print('a', '', 3)), start(), settle()).boxes.box1).toMatchObject({
      status: 'stopped',
      code: 3,
      out: 'a',
    });
  });

  it('leaves the box Failed with the runs it had when the command cannot be started', () => {
    expect(reached(create(missing), start()).boxes.box1).toMatchObject({ status: 'failed', runs: 0 });
  });

  it('has a command that reads wait or end at once: nothing is said about its stdin', () => {
    const statuses = (world: World, step: Step) => worldsAfter(world, step).map((next) => statusOf(next));
    expect(statuses(reached(), run({ do: 'cat' }))).toEqual(['running', 'ending']);
    expect(statuses(reached(foreground({ do: 'cat' }), settle()), start())).toEqual(['running', 'ending']);
    expect(statuses(reached(create({ do: 'cat' }), attachMain()), start())).toEqual(['running']);
  });
});
