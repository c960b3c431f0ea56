import { describe, expect, it } from 'vitest';
import type { StepOf, Surface } from '../../program/step.ts';
import { labels, onward, outcome, reached, saysNothing } from './fixtures/play.ts';
import { attachMain, create, hold, print, run, spawn, stop, surfaces } from './fixtures/steps.ts';

const metrics = (via: Surface = 'rest', on = 'box1'): StepOf<'metrics'> => ({ op: 'metrics', via, on });

describe('metrics (contract 2.8, 8.4)', () => {
  it('change nothing, whatever is answered', () => {
    for (const world of [
      reached(run(hold)),
      reached(create()),
      reached(run(hold), stop()),
      reached(run(print('a'))),
    ])
      for (const label of labels(world, metrics())) expect(outcome(world, metrics(), label).next).toBe(world);
  });

  it('of a running box count the executions that run', () => {
    const world = reached(run(), spawn(hold), spawn(hold, 'exec2'));
    expect(outcome(world, metrics()).expect).toMatchObject({
      data: { numbers: { commands_executed_total: 2 } },
    });
    const stopped = onward(world, stop(), { op: 'start', via: 'rest', on: ['box1'] });
    expect(outcome(stopped, metrics()).expect).toMatchObject({
      data: { numbers: { commands_executed_total: 0 } },
    });
  });

  it('boot no sandbox: it is told of as it is, or refused', () => {
    for (const via of surfaces)
      expect(labels(reached(create(undefined, via)), metrics(via))).toEqual(['told', 'refused:at-rest']);
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
