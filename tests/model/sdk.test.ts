import { describe, expect, it } from 'vitest';
import type { World } from '../../model/world.ts';
import type { Step } from '../../program/step.ts';
import { labels, onward, outcome, predicted, reached, saysNothing } from './fixtures/play.ts';
import { attach, hold, kill, print, read, rm, run, spawn, trapped } from './fixtures/steps.ts';

const held = (work = hold): Step => ({ op: 'spawn', via: 'sdk', on: 'box1', as: 'exec1', work });
const wait = (via?: 'sdk' | 'node-sdk'): Step => ({ op: 'wait', exec: 'exec1', ...(via && { via }) });
const follow: Step = { op: 'follow', via: 'sdk', exec: 'exec1' };
const drop: Step = { op: 'drop-sdk', via: 'sdk' };
const bySdk: Step = { op: 'attach', via: 'sdk', as: 'att1', exec: 'exec1' };
const anotherServer: Step = { op: 'restart-server', how: 'kill' };
const signalled: Step = { op: 'signal', via: 'sdk', exec: 'exec1', signal: 15 };

describe('an execution that an SDK has started and holds', () => {
  it('is waited for by who holds it alone, once its end is sure', () => {
    const ended = reached(run(hold), held(print('o', 'e', 7)));
    expect(outcome(ended, wait('sdk')).expect).toMatchObject({ status: 'completed', codes: [7] });
    expect(saysNothing(ended, wait('node-sdk'))).toBe(true);
    expect(saysNothing(reached(run(hold), held()), wait('sdk'))).toBe(true);
    expect(saysNothing(reached(run(hold), spawn(print('o', 'e', 7))), wait('sdk'))).toBe(true);
  });

  it('gives its streams and its end once, whenever they are read', () => {
    const ended = reached(run(hold), held(print('o', 'e', 7)), wait('sdk'));
    const { expect: first, next } = outcome(ended, follow);
    expect(first).toMatchObject({
      is: 'stream',
      out: { exactly: 'o' },
      err: { exactly: 'e' },
      end: { codes: [7] },
    });
    expect(labels(next, follow)).toEqual(['refused:stream-taken']);
    expect(saysNothing(reached(run(hold), held()), follow)).toBe(true);
  });

  it('has its client from the start, which another one may only just forestall', () => {
    const world = reached(run(hold), held());
    expect(labels(world, bySdk)).toEqual(['refused:slot-taken', 'attached']);
    expect(saysNothing(outcome(world, bySdk, 'attached').next, signalled)).toBe(true);
  });

  it('is unknown once it is forgotten, to the SDK as well', () => {
    expect(labels(reached(run(hold), held(), kill()), signalled)).toEqual(['refused:unknown-execution']);
    expect(labels(reached(run(hold), held(), rm(true)), signalled)).toEqual(['refused:unknown-execution']);
  });

  it('is held by nobody after the end of the process or of the server', () => {
    for (const end of [drop, anotherServer])
      expect(saysNothing(reached(run(hold), held(trapped), end), signalled)).toBe(true);
  });
});

it('a box of the Python SDK ends with its server, as one that is not detached', () => {
  const box = { op: 'run', as: 'box1', main: hold } as const;
  const left = ({ next }: { next: World }) => next.boxes.box1?.status;
  const after = (via: 'sdk' | 'node-sdk') =>
    predicted(reached({ ...box, via }), anotherServer).outcomes.map(left);
  expect(new Set(after('sdk'))).toEqual(new Set(['ending']));
  expect(new Set(after('node-sdk'))).toEqual(new Set(['running']));
});

it('an SDK that is attached to a main session may come back to it after the end of the server: nothing is said of either', () => {
  const main = (as: string, via?: 'sdk'): Step => ({
    op: 'attach-main',
    as,
    on: 'box1',
    ...(via && { via }),
  });
  const world = reached(run(hold), main('att1', 'sdk'), anotherServer);
  expect(saysNothing(world, read())).toBe(true);
  expect(saysNothing(world, main('att2'))).toBe(true);
  expect(labels(reached(run(hold), main('att1'), anotherServer), main('att2'))).toContain('attached');
});

describe('an SDK that dies', () => {
  it('is a client that vanishes: its command goes on, and another one may attach', () => {
    const world = reached(run(hold), spawn(hold), bySdk, drop);
    expect(saysNothing(world, read())).toBe(true);
    const { pollMs, outcomes } = predicted(world, attach('att2'));
    expect(outcomes.map(({ label }) => label)).toEqual(['attached']);
    expect(pollMs).toBeGreaterThan(0);
  });

  it('leaves alone what is not its own', () => {
    const world = reached(run(hold), spawn(hold), attach());
    expect(onward(world, drop)).toEqual(world);
  });
});

it('what is no text is not judged where an SDK tells it', () => {
  const exec = (via: 'rest' | 'sdk'): Step => ({ op: 'exec', via, on: 'box1', work: { do: 'blob' } });
  expect(outcome(reached(run(hold)), exec('rest')).expect).toHaveProperty('out.exactly');
  expect(outcome(reached(run(hold)), exec('sdk')).expect).toHaveProperty('out.anything');
});

describe('an SDK in local mode', () => {
  const via = 'local-sdk';
  const made = (asked = {}): Step => ({ op: 'create', via, as: 'box1', ...asked });
  const start: Step = { op: 'start', via, on: ['box1'] };
  const stop: Step = { op: 'stop', via, on: ['box1'] };
  const inspect: Step = { op: 'inspect', via, on: 'box1' };
  const exec: Step = { op: 'exec', via, on: 'box1', work: print('o', '', 0) };
  const kept = { autoDeleteS: 0 } as const;
  const ownerDies: Step = { op: 'drop-sdk', via };
  const left = (steps: Step[], step: Step) =>
    predicted(reached(...steps), step).outcomes.map(({ next }) => next.boxes.box1?.status);

  it('loses a box that stops, unless it was asked to keep it', () => {
    expect(new Set(left([made(), start], stop))).toEqual(new Set(['removed']));
    expect(new Set(left([made(kept), start], stop))).toEqual(new Set(['stopped']));
  });

  it('may lose one that is stopped before it has ever run, and never one that is to be kept', () => {
    expect(left([made()], stop)).toEqual(['configured', 'removed']);
    expect(left([made(kept)], stop)).toEqual(['configured']);
    expect(labels(reached(made(kept), stop), exec)).toEqual(['refused:spent']);
  });

  it('makes none that goes when it stops and outlives its maker', () => {
    expect(labels(reached(), made({ detach: true }))).toEqual(['refused:detach-removed']);
  });

  it('has a spent handle after a stop, until it gets the box anew', () => {
    const stopped = reached(made(kept), start, stop);
    expect(labels(stopped, start)).toEqual(['refused:spent']);
    expect(labels(stopped, exec)).toEqual(['refused:spent']);
    expect(labels(outcome(stopped, inspect).next, start)).toEqual(['started']);
  });

  it('takes a box along when its process dies, unless that is detached', () => {
    expect(new Set(left([made({ ...kept, detach: true }), start], ownerDies))).toEqual(new Set(['running']));
    expect(new Set(left([made(kept), start], ownerDies))).toEqual(new Set(['ending']));
    expect(new Set(left([made(), start], ownerDies))).toEqual(new Set(['removed', 'unclear']));
  });

  it('forgets with its process what it held of a box that is gone, too', () => {
    const held: Step = { op: 'spawn', via, on: 'box1', as: 'exec1', work: hold };
    const resize: Step = { op: 'resize', via, exec: 'exec1', rows: 24, cols: 80 };
    const gone = reached(made(), start, held, stop);
    expect(saysNothing(gone, resize)).toBe(false);
    expect(saysNothing(onward(gone, ownerDies), resize)).toBe(true);
  });

  it('has a home of its own', () => {
    const onServer: Step = { op: 'inspect', via: 'rest', on: 'box1' };
    expect(labels(reached(made(kept)), onServer)).toEqual(['refused:unknown-box']);
    expect(labels(reached(run(hold)), inspect)).toEqual(['refused:unknown-box']);
    const held: Step = { op: 'spawn', via, on: 'box1', as: 'exec1', work: hold };
    expect(saysNothing(reached(made(kept), start, held), { op: 'signal', exec: 'exec1', signal: 15 })).toBe(
      true,
    );
  });
});
