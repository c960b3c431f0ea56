import { expect, test } from 'vitest';
import { busyText } from '../../runtime/targets/lab/target.ts';

test('a lab on a busy machine says so, on a quiet one it does not', () => {
  expect(busyText(3.9, 2)).toBeNull();
  expect(busyText(6.04, 2)).toMatch(/busy \(load 6\.0 on 2 CPUs\)/);
});
