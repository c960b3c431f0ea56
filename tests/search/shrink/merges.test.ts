import { describe, expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Step } from '../../../program/step.ts';
import { type Job, jobOf } from '../../../search/shrink/job.ts';
import { mergePass } from '../../../search/shrink/merge-pass.ts';
import { proposals } from '../fixtures/propose.ts';

const work = { do: 'print', out: 'x', err: '', code: 3 } as const;
const nothing = { do: 'print', out: '', err: '', code: 0 } as const;

/** What one pass proposes for these steps, of which none is known to be the failing one. */
const merged = (...steps: Step[]): (readonly Step[])[] =>
  proposals(mergePass, jobOf(rules, steps, null)).map((proposal) => proposal.steps);

const cli = { via: 'cli', as: 'box1' } as const;
const rest = { via: 'rest', as: 'box1' } as const;
const target: { via: 'cli'; on: string[] } = { via: 'cli', on: ['box1'] };

describe('two steps that one can do', () => {
  it.each<{ steps: [Step, Step]; one: Step }>([
    {
      steps: [
        { op: 'create', ...rest, main: work },
        { op: 'start', ...target },
      ],
      one: { op: 'run', ...rest, main: work },
    },
    {
      steps: [
        { op: 'create', ...rest },
        { op: 'attach-main', as: 'att1', on: 'box1' },
      ],
      one: { op: 'run', ...rest },
    },
    {
      steps: [
        { op: 'create', ...cli, name: 'alpha' },
        { op: 'rm', ...target, force: false },
      ],
      one: { op: 'foreground', ...cli, name: 'alpha', main: nothing, rm: true },
    },
    {
      steps: [
        { op: 'run', ...cli, main: work },
        { op: 'rm', ...target, force: true },
      ],
      one: { op: 'foreground', ...cli, main: nothing, rm: true },
    },
    {
      steps: [
        { op: 'run', ...rest, main: work },
        { op: 'settle', via: 'cli', on: 'box1' },
      ],
      one: { op: 'foreground', ...rest, main: work },
    },
    {
      steps: [
        { op: 'run', ...rest, main: work },
        { op: 'stop', ...target },
      ],
      one: { op: 'foreground', ...rest, main: nothing },
    },
    {
      steps: [
        { op: 'run', ...rest },
        { op: 'stop', ...target },
      ],
      one: { op: 'create', ...rest },
    },
    {
      steps: [
        { op: 'foreground', ...cli, main: work },
        { op: 'rm', ...target, force: false },
      ],
      one: { op: 'foreground', ...cli, main: work, rm: true },
    },
    {
      steps: [
        { op: 'foreground', ...cli, main: work, stdin: 'in' },
        { op: 'restart', ...target },
      ],
      one: { op: 'run', ...cli, main: work },
    },
    {
      steps: [
        { op: 'stop', ...target },
        { op: 'exec', via: 'rest', on: 'box1', work },
      ],
      one: { op: 'restart', ...target },
    },
    {
      steps: [
        { op: 'stop', via: 'rest', on: ['box1'] },
        { op: 'start', ...target },
      ],
      one: { op: 'restart', via: 'url', on: ['box1'] },
    },
    {
      steps: [
        { op: 'attach', as: 'att1', exec: 'exec1' },
        { op: 'read', attach: 'att1' },
      ],
      one: { op: 'wait', exec: 'exec1' },
    },
  ])('$steps.0.op and $steps.1.op are one $one.op', ({ steps, one }) => {
    expect(merged(...steps)).toContainEqual([one]);
    // At the place of the first, and at the place of the second.
    const look: Step = { op: 'list', via: 'cli', all: true };
    const apart = merged(steps[0], look, steps[1]);
    expect(apart).toContainEqual([one, look]);
    expect(apart).toContainEqual([look, one]);
  });

  it.each<{ why: string; steps: [Step, Step] }>([
    {
      why: 'no SDK runs in the foreground',
      steps: [
        { op: 'run', ...rest, via: 'sdk', main: work },
        { op: 'settle', via: 'rest', on: 'box1' },
      ],
    },
    {
      why: 'REST has no --rm',
      steps: [
        { op: 'create', ...rest },
        { op: 'rm', ...target, force: false },
      ],
    },
    {
      why: 'REST has no --rm',
      steps: [
        { op: 'run', ...rest },
        { op: 'rm', ...target, force: false },
      ],
    },
    {
      why: 'REST has no --rm',
      steps: [
        { op: 'foreground', ...rest, main: work },
        { op: 'rm', ...target, force: false },
      ],
    },
    {
      why: 'nothing was made',
      steps: [
        { op: 'create', ...rest, flaw: 'unknown-key' },
        { op: 'start', ...target },
      ],
    },
    {
      why: 'it boots nothing',
      steps: [
        { op: 'create', ...rest },
        { op: 'inspect', via: 'cli', on: 'box1' },
      ],
    },
    {
      why: 'a sandbox has no end',
      steps: [
        { op: 'run', ...rest },
        { op: 'settle', via: 'cli', on: 'box1' },
      ],
    },
    {
      why: 'it boots nothing',
      steps: [
        { op: 'run', ...rest },
        { op: 'exec', via: 'cli', on: 'box1', work },
      ],
    },
    {
      why: 'its box has ended',
      steps: [
        { op: 'foreground', ...cli, main: work },
        { op: 'inspect', via: 'cli', on: 'box1' },
      ],
    },
    {
      why: 'a client boots only what never ran',
      steps: [
        { op: 'stop', ...target },
        { op: 'attach-main', as: 'att1', on: 'box1' },
      ],
    },
    {
      why: 'two were stopped',
      steps: [
        { op: 'stop', via: 'cli', on: ['box1', 'box2'] },
        { op: 'start', ...target },
      ],
    },
    {
      why: 'another box',
      steps: [
        { op: 'run', ...rest },
        { op: 'stop', via: 'cli', on: ['box2'] },
      ],
    },
    {
      why: 'another client',
      steps: [
        { op: 'attach', as: 'att1', exec: 'exec1' },
        { op: 'read', attach: 'att2' },
      ],
    },
    {
      why: 'nothing was read',
      steps: [
        { op: 'attach', as: 'att1', exec: 'exec1' },
        { op: 'detach', attach: 'att1', how: 'close' },
      ],
    },
    {
      why: 'it makes nothing',
      steps: [
        { op: 'list', via: 'cli', all: true },
        { op: 'start', ...target },
      ],
    },
  ])('$steps.0.op and $steps.1.op stay two: $why', ({ steps }) => {
    expect(merged(...steps)).toEqual([]);
  });

  it('goes on behind what still fails, and never touches the failing step', () => {
    const steps: Step[] = [
      { op: 'create', ...rest },
      { op: 'start', ...target },
      { op: 'run', via: 'cli', as: 'box2' },
      { op: 'stop', via: 'cli', on: ['box2'] },
    ];
    const job = (failing: number | null): Job => ({ ...jobOf(rules, steps, null), failing });
    const all = proposals(mergePass, job(null));
    expect(all.map(({ resume }) => resume)).toEqual([0, 0, 2, 2].map((at) => ({ at, size: 0 })));
    expect(proposals(mergePass, job(null), { at: 1, size: 0 })).toHaveLength(2);
    expect(proposals(mergePass, job(3)).map(({ resume }) => resume.at)).toEqual([0, 0]);
  });
});
