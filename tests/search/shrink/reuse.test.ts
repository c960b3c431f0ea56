import { describe, expect, it } from 'vitest';
import { rules } from '../../../bench/harness/reference.ts';
import type { Step } from '../../../program/step.ts';
import { jobOf } from '../../../search/shrink/job.ts';
import { mergePass } from '../../../search/shrink/merge-pass.ts';
import { reused } from '../../../search/shrink/merges.ts';
import { proposals } from '../fixtures/propose.ts';

const steps: Step[] = [
  { op: 'attach', as: 'att1', exec: 'exec1' },
  { op: 'send', attach: 'att1', data: 'x' },
  { op: 'detach', attach: 'att1', how: 'close' },
  { op: 'attach', as: 'att2', exec: 'exec1' },
  { op: 'read', attach: 'att2' },
];

it('takes a client that comes back for one that stayed', () => {
  expect(reused(steps, 3)).toEqual([steps[0], steps[1], { op: 'read', attach: 'att1' }]);
});

it('is null for the first client, for one of something else, and for what is no attach', () => {
  expect(reused(steps, 0)).toBeNull();
  expect(reused(steps, 4)).toBeNull();
  expect(reused(steps.with(3, { op: 'attach', as: 'att2', exec: 'exec2' }), 3)).toBeNull();
  expect(reused(steps.with(3, { op: 'attach-main', as: 'att2', on: 'box1' }), 3)).toBeNull();
});

it('keeps what is done by clients of something else', () => {
  const more: Step[] = [
    { op: 'attach', as: 'att1', exec: 'exec1' },
    { op: 'attach-main', as: 'att3', on: 'box1' },
    { op: 'detach', attach: 'att3', how: 'close' },
    { op: 'detach', attach: 'att1', how: 'close' },
    { op: 'attach', as: 'att2', exec: 'exec1' },
    { op: 'detach', attach: 'att2', how: 'drop' },
    { op: 'read', attach: 'att3' },
  ];
  expect(reused(more, 4)).toEqual([
    more[0],
    more[1],
    more[2],
    { op: 'detach', attach: 'att1', how: 'drop' },
    more[6],
  ]);
});

it('takes clients of one main session alike, of two apart', () => {
  const main = (as: string, on: string): Step => ({ op: 'attach-main', as, on });
  expect(reused([main('att1', 'box1'), main('att2', 'box1')], 1)).toEqual([main('att1', 'box1')]);
  expect(reused([main('att1', 'box1'), main('att2', 'box2')], 1)).toBeNull();
  const attach: Step = { op: 'attach', as: 'att1', exec: 'exec1' };
  expect(reused([attach, main('att2', 'box1')], 1)).toBeNull();
  expect(reused([attach, { op: 'detach', attach: 'att1', how: 'close' }], 1)).toBeNull();
});

describe('a client that comes back, and one that is echoed', () => {
  const back: Step[] = [
    { op: 'attach', as: 'att1', exec: 'exec1' },
    { op: 'detach', attach: 'att1', how: 'close' },
    { op: 'attach', as: 'att2', exec: 'exec1' },
    { op: 'send', attach: 'att2', data: 'x' },
  ];
  const told = (steps: Step[], failing: number | null) =>
    proposals(mergePass, { ...jobOf(rules, steps, null), failing });

  it('is one that stayed, but where it failed to come back', () => {
    const stayed = { steps: [back[0], { ...back[3], attach: 'att1' }], resume: { at: 2, size: 0 } };
    expect(told(back, null)).toEqual([stayed]);
    expect(told(back, 3)).toEqual([stayed]);
    expect(told(back, 2)).toEqual([]);
  });

  it('is written to by a command on its own', () => {
    const spawn: Step = { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } };
    const steps = [spawn, back[0], back[3] && { ...back[3], attach: 'att1' }] as Step[];
    expect(told(steps, null)).toEqual([
      { steps: [{ ...spawn, work: { do: 'hold', out: 'up\n' } }, back[0]], resume: { at: 0, size: 0 } },
    ]);
    expect(told(steps, 2)).toEqual([]);
  });
});
