import { describe, expect, it } from 'vitest';
import { situationOf } from '../../commands/index.ts';
import type { Step } from '../../program/step.ts';
import { onward, reached } from './fixtures/play.ts';
import {
  attachMain,
  exec,
  gate,
  hold,
  missing,
  restart,
  rm,
  run,
  spawn,
  start,
  stop,
} from './fixtures/steps.ts';

describe('a gate that is opened', () => {
  it('wakes no main command that has been stopped', () => {
    const world = reached(run(gate), stop());
    const elsewhere = onward(
      world,
      run(hold, 'rest', 'box2'),
      exec({ do: 'open', gate: 'g1' }, 'rest', 'box2'),
    );
    expect(elsewhere.boxes.box1).toEqual(world.boxes.box1);
  });

  it('wakes what waits for it in a sandbox, whose own command waits for nothing', () => {
    const world = reached(run(), spawn(gate), exec({ do: 'open', gate: 'g1' }));
    expect(world.boxes.box1?.status).toBe('running');
    expect(world.execs.exec1?.status).toBe('ending');
  });
});

it('every target of a command has its word', () => {
  const world = reached(run(hold), run(missing, 'rest', 'box2'));
  const both: Step[] = [start, stop].map((step) => step('url', 'box1', 'box2'));
  for (const step of [...both, rm(true, 'url', 'box1', 'box2')])
    expect(situationOf(world, step)).toBe('job/running+job/failed');
  expect(situationOf(world, { ...restart(), on: ['box2', 'box1'] })).toBe('job/failed+job/running');
});

it('a client of an earlier run has its end, and is not that of the next one (contract 5.5)', () => {
  const world = reached(run(hold), attachMain(), stop(), start());
  expect(world.boxes.box1?.attachedBy).toBeNull();
  expect(world.attaches.att1?.state).toBe('ended');
});
