import { expect, test } from 'vitest';
import { carriedLanes, laneLimit } from '../../../bin/session/lane-limit.ts';
import { type Lane, pooled } from '../../../bin/session/lanes.ts';
import { history, program } from '../../report/fixtures/records.ts';

test.each([
  [4, '..........', 4],
  [4, 'x..x..x...', 4],
  [4, 'x..x..x..x', 2],
  [3, 'xxxx', 2],
  [2, 'xxxx', 1],
  [1, 'xxxxxxxxxx', 1],
])('%i lanes whose machine breaks as in %s are %i', (lanes, text, carried) =>
  expect(
    carriedLanes(
      lanes,
      [...text].map((letter) => letter === 'x'),
    ),
  ).toBe(carried));

test('fewer programs run at once once the machine broke often, and what breaks all lanes at once is one time', async () => {
  const told: string[] = [];
  const limit = laneLimit(4, (text) => told.push(text));
  let active = 0;
  let most = 0;
  let begun = 0;
  const lanes = Array.from(
    { length: 4 },
    (): Lane => ({
      target: {} as Lane['target'],
      run: limit.watching(async () => {
        most = Math.max(most, ++active);
        const isBroken = ++begun <= 16;
        await new Promise(setImmediate);
        active -= 1;
        return isBroken ? { ...history, ending: { is: 'infrastructure', why: 'no boot' } } : history;
      }),
    }),
  );
  const { run } = pooled(lanes as [Lane, ...Lane[]], limit.lanes);
  const { signal } = new AbortController();
  const some = (count: number) => Promise.all(Array.from({ length: count }, () => run(program, signal)));
  await some(12);
  expect(told).toEqual([]);
  await some(4);
  expect({ most, told }).toEqual({
    most: 4,
    told: ['the machine broke in 4 of 4 runs: 2 at once from now on instead of 4'],
  });
  most = 0;
  await some(8);
  expect({ most, told: told.length }).toEqual({ most: 2, told: 1 });
});
