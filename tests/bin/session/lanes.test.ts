import { expect, test } from 'vitest';
import { type Lane, pooled } from '../../../bin/session/lanes.ts';
import type { History } from '../../../program/history.ts';
import { history, program } from '../../report/fixtures/records.ts';
import { toyLane } from './fixtures/toy-lane.ts';

const { signal } = new AbortController();
const turn = () => new Promise(setImmediate);

test('as many programs run at once as there are lanes; the next one gets the lane that is free first', async () => {
  const [a, b] = [toyLane(), toyLane()];
  const { run, targetOf } = pooled([a.lane, b.lane]);
  const runs = [1, 2, 3].map(() => run(program, signal));
  await turn();
  expect([a.ends.length, b.ends.length]).toEqual([1, 1]);
  b.ends[0]?.();
  await turn();
  expect([a.ends.length, b.ends.length]).toEqual([1, 2]);
  a.ends[0]?.();
  b.ends[1]?.();
  const done = await Promise.all(runs);
  expect(done.map(targetOf)).toEqual([a, b, b].map(({ lane }) => lane.target));
});

test('a lane whose program throws is free again', async () => {
  const target = {} as Lane['target'];
  let asked = 0;
  const run = async (): Promise<History> => {
    if (++asked === 1) throw new Error('lost');
    return history;
  };
  const pool = pooled([{ target, run }]);
  await expect(pool.run(program, signal)).rejects.toThrow('lost');
  expect(await pool.run(program, signal)).toBe(history);
});
