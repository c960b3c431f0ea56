import { expect, test } from 'vitest';
import { exit, hold } from '../fake/work.ts';
import { firstOutput, guest, outcome, start } from './guest.ts';

/** Starts a main command and tenants, lets them get to their first output, stops. */
async function stopped(...commands: string[][]): Promise<(number | null)[]> {
  const machine = guest();
  const processes = commands.map((argv, index) => start(machine, argv, { init: index === 0 }));
  await Promise.all(processes.map(firstOutput));
  const ends = processes.map(outcome);
  await machine.stop();
  expect(processes.every(({ ended }) => ended !== null)).toBe(true);
  return (await Promise.all(ends)).map(({ code }) => code);
}

test('what has no handler is killed, PID 1 by KILL and a tenant by TERM', async () => {
  expect(await stopped(hold('up'), hold('up'))).toEqual([-9, -15]);
});

test('handlers decide the codes', async () => {
  expect(await stopped(hold('up', 5), hold('up', 6))).toEqual([5, 6]);
});

test('a handler that does not end in time is cut off', async () => {
  const machine = guest();
  const init = start(machine, hold('up'), { init: true });
  await firstOutput(init);
  init.handlers.set(15, () => {});
  const fromMs = performance.now();
  await machine.stop();
  expect(performance.now() - fromMs).toBeGreaterThan(40);
  expect((await outcome(init)).code).toBe(-9);
});

test('the end of PID 1 takes everybody along', async () => {
  const machine = guest();
  const tenant = start(machine, hold());
  const init = start(machine, exit(7), { init: true });
  expect((await outcome(init)).code).toBe(7);
  expect((await outcome(tenant)).code).toBe(-15);
  await machine.down;
  expect(() => start(machine, exit(0))).toThrow('no such vm');
});

test('a stop waits for nobody who would not use the time', async () => {
  const machine = guest();
  start(machine, hold(), { init: true });
  const fromMs = performance.now();
  await machine.stop();
  expect(performance.now() - fromMs).toBeLessThan(40);
});

test('a crash leaves no code', async () => {
  const machine = guest();
  const init = start(machine, hold(), { init: true });
  const end = outcome(init);
  machine.crash();
  expect((await end).code).toBeNull();
});
