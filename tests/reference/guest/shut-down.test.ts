import { expect, test } from 'vitest';
import { guest, outcome, start } from './guest.ts';

/** Starts a main command and tenants, lets them get to their first output, stops. */
async function stopped(init: string, ...tenants: string[]): Promise<(number | null)[]> {
  const machine = guest();
  const executions = [init, ...tenants].map((script, index) =>
    start(machine, ['sh', '-c', script], { init: index === 0 }),
  );
  await Promise.all(
    executions.map(
      (each) =>
        new Promise<void>((resolve) => void each.follow({ event: () => resolve(), full: () => false })),
    ),
  );
  const ends = executions.map(outcome);
  await machine.stop();
  expect(machine.kernel.processes.size).toBe(0);
  return (await Promise.all(ends)).map(({ code }) => code);
}

test('what has no handler is killed, PID 1 by KILL and a tenant by TERM', async () => {
  expect(await stopped('echo up; exec sleep 300', 'echo up; exec sleep 300')).toEqual([-9, -15]);
});

test('handlers are given the time they would have on a real machine', async () => {
  const handler = (code: number) => `trap 'exit ${code}' TERM; echo up; while :; do sleep 0.1; done`;
  expect(await stopped(handler(5), handler(6))).toEqual([5, 6]);
});

test('a handler that does not end in time is cut off', async () => {
  expect(await stopped("trap 'sleep 300' TERM; echo up; while :; do sleep 0.1; done")).toEqual([-9]);
});

test('the end of PID 1 takes everybody along', async () => {
  const machine = guest();
  const tenant = start(machine, ['sleep', '300']);
  const init = start(machine, ['sh', '-c', 'echo up; exit 7'], { init: true });
  expect((await outcome(init)).code).toBe(7);
  expect((await outcome(tenant)).code).toBe(-15);
  await machine.down;
  expect(() => start(machine, ['true'])).toThrow('no such vm');
});

test('a stop waits for nobody who would not use the time', async () => {
  const machine = guest();
  start(machine, ['sleep', '300'], { init: true });
  const fromMs = performance.now();
  await machine.stop();
  expect(performance.now() - fromMs).toBeLessThan(40);
});

test('a crash leaves no code', async () => {
  const machine = guest();
  const init = start(machine, ['sleep', '300'], { init: true });
  const end = outcome(init);
  machine.crash();
  expect((await end).code).toBeNull();
});
