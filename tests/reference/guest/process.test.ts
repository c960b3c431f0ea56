import { expect, test } from 'vitest';
import { die, hold } from '../fake/work.ts';
import { firstOutput, guest, outcome, play, start } from './guest.ts';

test.each([
  [15, -15],
  [9, -9],
  [2, -2],
] as const)('a tenant that signals itself with %s dies of it', async (signal, code) => {
  expect((await play(guest(), die(signal))).code).toBe(code);
});

test.each([
  [15, 0],
  [9, 0],
  [2, 130],
] as const)('PID 1 that signals itself with %s ends with %s', async (signal, code) => {
  const init = start(guest(), die(signal), { init: true });
  expect((await outcome(init)).code).toBe(code);
});

test('PID 1 without a shell has no handler for an interrupt', async () => {
  const init = start(guest(), hold('up'), { init: true });
  await firstOutput(init);
  init.signal(2, 'outside');
  init.signal(15, 'outside');
  expect(init.ended).toBeNull();
  init.signal(9, 'outside');
  expect((await outcome(init)).code).toBe(-9);
});

test('a handler decides the code, KILL has none', async () => {
  for (const [signal, code] of [
    [15, 5],
    [9, -9],
    [2, -2],
    [1, -1],
  ] as const) {
    const process = start(guest(), hold('up', 5));
    await firstOutput(process);
    process.signal(signal, 'outside');
    expect((await outcome(process)).code).toBe(code);
  }
});

test('signals without effect have none', async () => {
  const process = start(guest(), hold('up'));
  await firstOutput(process);
  process.signal(28, 'outside');
  expect(process.ended).toBeNull();
  process.signal(15, 'outside');
  expect((await outcome(process)).code).toBe(-15);
});
