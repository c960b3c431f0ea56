import { expect, test } from 'vitest';
import { guest, outcome, sh, start } from './guest.ts';

test.each([
  ['TERM', -15],
  ['KILL', -9],
  ['INT', -2],
  ['HUP', -1],
])('a tenant that signals itself with %s dies of it', async (name, code) => {
  expect((await sh(guest(), `kill -${name} $$; echo survived`)).code).toBe(code);
});

test.each([
  ['TERM', 0, 'survived\n'],
  ['KILL', 0, 'survived\n'],
  ['INT', 130, ''],
])('PID 1 that signals itself with %s', async (name, code, out) => {
  const init = start(guest(), ['sh', '-c', `kill -${name} $$; echo survived`], { init: true });
  expect(await outcome(init)).toMatchObject({ code, out });
});

test('PID 1 without a shell has no handler for an interrupt', async () => {
  const machine = guest();
  const init = start(machine, ['sleep', '300'], { init: true });
  init.signal(2);
  init.signal(15);
  expect(init.ended).toBeNull();
  init.signal(9);
  expect((await outcome(init)).code).toBe(-9);
});

test('a trap is run, also while a child is being waited for', async () => {
  const machine = guest();
  const execution = start(machine, ['sh', '-c', "trap 'exit 5' TERM; echo up; while :; do sleep 0.02; done"]);
  await firstOutput(execution);
  execution.signal(15);
  expect((await outcome(execution)).code).toBe(5);
});

test('a trapped signal ends a read and a wait', async () => {
  for (const blocker of ['read x', 'sleep 300 & wait']) {
    const execution = start(guest(), [
      'sh',
      '-c',
      `trap 'echo caught' USR1; echo up; ${blocker}; echo $?; kill $! 2>/dev/null`,
    ]);
    await firstOutput(execution);
    await turns(5);
    execution.signal(10);
    expect((await outcome(execution)).out).toBe('up\ncaught\n138\n');
  }
});

test('an ignored signal is ignored by children too', async () => {
  expect((await sh(guest(), "trap '' TERM; sh -c 'kill -TERM $$; echo alive'")).out).toBe('alive\n');
});

test('a writer whose reader has gone dies of it', async () => {
  expect(await sh(guest(), 'set -o pipefail; yes | true; echo $?')).toMatchObject({ out: '141\n', err: '' });
});

test('a script is one process when its last command can take its place', async () => {
  const machine = guest();
  const execution = start(machine, ['sh', '-c', 'echo up; sleep 300']);
  await firstOutput(execution);
  await until(() => [...machine.kernel.processes.values()].some(({ argv }) => argv[0] === 'sleep'));
  expect(machine.kernel.processes.size).toBe(1);
  execution.signal(15);
  expect((await outcome(execution)).code).toBe(-15);
});

test('a child that holds the output open keeps the execution going', async () => {
  const execution = start(guest(), ['sh', '-c', '(sleep 0.05; echo late) & echo first']);
  expect(await outcome(execution)).toEqual({ out: 'first\nlate\n', err: '', code: 0 });
});

async function firstOutput(execution: ReturnType<typeof start>): Promise<void> {
  let stop = () => {};
  await new Promise<void>((resolve) => {
    stop = execution.follow({ event: () => resolve(), full: () => false });
  });
  stop();
}

/** A guest that has nothing to do has come to rest after a few turns of the event loop. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}
