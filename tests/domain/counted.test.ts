import { expect, it } from 'vitest';
import { counted } from '../../domain/counted.ts';

it.each([
  [0, 'step', '0 steps'],
  [1, 'step', '1 step'],
  [2, 'step', '2 steps'],
  [1, 'box', '1 box'],
  [92, 'box', '92 boxes'],
  [1, 'loss', '1 loss'],
  [2, 'loss', '2 losses'],
  [1, 'known divergence', '1 known divergence'],
])('%i of %s is told as %s', (count, what, told) => {
  expect(counted(count, what)).toBe(told);
});
