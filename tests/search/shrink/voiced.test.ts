import { expect, it } from 'vitest';
import type { Step } from '../../../program/step.ts';
import { voiced } from '../../../search/shrink/merges.ts';

const steps: Step[] = [
  { op: 'run', via: 'rest', as: 'box1' },
  { op: 'spawn', via: 'rest', on: 'box1', as: 'exec1', work: { do: 'cat' } },
  { op: 'attach', as: 'att1', exec: 'exec1' },
  { op: 'send', attach: 'att1', data: 'x' },
  { op: 'attach-main', as: 'att2', on: 'box1' },
  { op: 'send', attach: 'att2', data: 'y' },
  { op: 'read', attach: 'att1' },
];

it('takes a command that writes for one that echoes; what is sent to something else stays', () => {
  expect(voiced(steps, 1, 6)).toEqual([
    steps[0],
    { ...steps[1], work: { do: 'hold', out: 'up\n' } },
    steps[2],
    steps[4],
    steps[5],
    steps[6],
  ]);
});

it('leaves what clients of another command send', () => {
  const other: Step[] = [
    { op: 'spawn', via: 'rest', on: 'box1', as: 'exec2', work: { do: 'cat' } },
    { op: 'attach', as: 'att3', exec: 'exec2' },
    { op: 'send', attach: 'att3', data: 'z' },
  ];
  expect(voiced([...steps.slice(0, 4), ...other], 1, 7)?.slice(3)).toEqual(other);
});

it('keeps the step that failed', () => {
  expect(voiced(steps.slice(0, 4), 1, 3)).toBeNull();
});

it('leaves what a read-only client sends: it never comes to the command', () => {
  const more: Step[] = [
    ...steps.slice(0, 4),
    { op: 'detach', attach: 'att1', how: 'close' },
    { op: 'attach', as: 'att3', exec: 'exec1', readonly: true },
    { op: 'send', attach: 'att3', data: 'z' },
  ];
  const told = voiced([...more, { op: 'read', attach: 'att3' }], 1, 7);
  expect(told?.filter(({ op }) => op === 'send')).toEqual([more[6]]);
  expect(voiced(more.toSpliced(3, 1), 1, 5)).toBeNull();
});

it('is null for another command, for one that nothing is sent to, and for another step', () => {
  expect(voiced(steps.with(1, { ...steps[1], work: { do: 'hold', out: '' } } as Step), 1, 6)).toBeNull();
  expect(voiced(steps.toSpliced(3, 1), 1, 5)).toBeNull();
  expect(voiced(steps, 0, 6)).toBeNull();
});
