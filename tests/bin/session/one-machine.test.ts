import { expect, test } from 'vitest';
import type { Lane } from '../../../bin/session/lanes.ts';
import { onOneMachine } from '../../../bin/session/one-machine.ts';
import { program } from '../../report/fixtures/records.ts';
import { toyLane } from './fixtures/toy-lane.ts';

const { signal } = new AbortController();
const turn = () => new Promise(setImmediate);

/** A machine whose repair ends when it is told to, and lanes on it. */
function toyMachine(count: number) {
  const repairs: { end: () => void; fail: (error: Error) => void }[] = [];
  const recover = () =>
    new Promise<void>((end, fail) => {
      repairs.push({ end, fail });
    });
  const toys = Array.from({ length: count }, toyLane);
  const lanes = toys.map(({ lane }) => ({ ...lane, target: { recover } as Lane['target'] }));
  return { repairs, toys, lanes: onOneMachine(lanes) };
}

test('a machine is repaired once for all lanes that ask, when no program runs on it, and none begins meanwhile', async () => {
  const { repairs, toys, lanes } = toyMachine(3);
  const [one, two, three] = lanes as [Lane, Lane, Lane];
  const run = two.run(program, signal);
  const asked = [one.target.recover(), three.target.recover()];
  const next = one.run(program, signal);
  await turn();
  expect([repairs.length, toys[0]?.ends.length]).toEqual([0, 0]);
  toys[1]?.ends[0]?.();
  await run;
  asked.push(two.target.recover());
  await turn();
  expect([repairs.length, toys[0]?.ends.length]).toEqual([1, 0]);
  repairs[0]?.end();
  await Promise.all(asked);
  await turn();
  toys[0]?.ends[0]?.();
  await next;
  expect(repairs).toHaveLength(1);
});

test('a repair that fails is told to all who asked, and the next one begins anew', async () => {
  const { repairs, lanes } = toyMachine(2);
  const asked = lanes.map(({ target }) => target.recover());
  await turn();
  repairs[0]?.fail(new Error('gone'));
  const ended = await Promise.allSettled(asked);
  expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const again = lanes[0]?.target.recover();
  await turn();
  repairs[1]?.end();
  await again;
  expect(repairs).toHaveLength(2);
});

test('a control box of one lane is waited for by the repair that another asks for', async () => {
  const repaired: string[] = [];
  const box = Promise.withResolvers<boolean>();
  const target = {
    control: () => box.promise,
    recover: async () => void repaired.push('machine'),
  } as unknown as Lane['target'];
  const [one, two] = onOneMachine([toyLane(), toyLane()].map(({ lane }) => ({ ...lane, target })));
  const control = one?.target.control?.();
  const repair = two?.target.recover();
  await turn();
  expect(repaired).toEqual([]);
  box.resolve(true);
  expect(await control).toBe(true);
  await repair;
  expect(repaired).toEqual(['machine']);
});
