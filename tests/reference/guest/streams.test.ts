import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { keptBytes } from '../../../reference/backlog.ts';
import { chunkBytes, Outlet } from '../../../reference/guest/streams.ts';
import { flood, print } from '../fake/work.ts';
import { guest, outcome, start } from './guest.ts';

const collect = (outlet: Outlet): Buffer[] => {
  const chunks: Buffer[] = [];
  outlet.follow((chunk) => chunks.push(Buffer.from(chunk)));
  return chunks;
};
const never = () => Promise.reject(new Error('nobody is to be waited for'));

test('a late follower gets all of a short stream, or a long enough end of a long one (contract 7.5)', async () => {
  const writes = fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(writes, async (sizes) => {
      const outlet = new Outlet();
      const live = collect(outlet);
      for (const [index, size] of sizes.entries()) await outlet.write(Buffer.alloc(size, index), never);
      const all = Buffer.concat(live);
      const late = Buffer.concat(collect(outlet));
      expect(all.length).toBe(sizes.reduce((sum, size) => sum + size, 0));
      expect(all.subarray(all.length - late.length).equals(late)).toBe(true);
      expect(late.length).toBeGreaterThanOrEqual(Math.min(all.length, keptBytes - chunkBytes));
      expect(late.length).toBeLessThanOrEqual(keptBytes);
    }),
    { numRuns: 60 },
  );
});

test('one who was announced is waited for before the backlog would lose something', async () => {
  const process = start(guest(), flood(600_000), { followed: true });
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(process.ended).toBeNull();
  expect((await outcome(process)).out).toHaveLength(600_000);
});

test('a replay is the same however often, also after the end', async () => {
  const process = start(guest(), print('a\n', 'b\n', 3));
  const first = await outcome(process);
  expect(first).toEqual({ out: 'a\n', err: 'b\n', code: 3 });
  expect(await outcome(process)).toEqual(first);
});

test('with nobody listening a process does not wait', async () => {
  const process = start(guest(), flood(2_000_000));
  await new Promise<void>((resolve) => void process.ending.add(resolve));
  expect(process.exit).toEqual({ code: 0 });
});
