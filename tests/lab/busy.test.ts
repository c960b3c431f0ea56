import { expect, test } from 'vitest';
import { busyText } from '../../runtime/targets/lab/target.ts';

test('a busy machine is said, a quiet one is not', () => {
  expect(busyText(3.9, 2)).toBeNull();
  expect(busyText(6.04, 2)).toMatch(/busy \(load 6\.0 on 2 CPUs\)/);
});
