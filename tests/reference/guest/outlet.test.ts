import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Outlet } from '../../../reference/guest/io/outlet.ts';
import { limits } from '../../../reference/guest/limits.ts';
import { guest, outcome, start } from './guest.ts';

const collect = (outlet: Outlet): Buffer[] => {
  const chunks: Buffer[] = [];
  outlet.follow({ data: (chunk) => chunks.push(Buffer.from(chunk)), end: () => {}, full: () => false });
  return chunks;
};

test('a late follower gets all of a short stream, or a long enough end of a long one (contract 7.5)', () => {
  const writes = fc.array(fc.integer({ min: 1, max: 90_000 }), { maxLength: 12 });
  fc.assert(
    fc.property(writes, (sizes) => {
      const outlet = new Outlet();
      const live = collect(outlet);
      sizes.forEach((size, index) => {
        outlet.push(Buffer.alloc(size, index));
      });
      const all = Buffer.concat(live);
      const late = Buffer.concat(collect(outlet));
      expect(all.length).toBe(sizes.reduce((sum, size) => sum + size, 0));
      expect(all.subarray(all.length - late.length).equals(late)).toBe(true);
      expect(late.length).toBeGreaterThanOrEqual(
        Math.min(all.length, limits.backlogBytes - limits.chunkBytes),
      );
      expect(late.length).toBeLessThanOrEqual(limits.backlogBytes);
    }),
    { numRuns: 60 },
  );
});

test('a full follower holds the writer back, and loses nothing', async () => {
  const execution = start(guest(), ['sh', '-c', 'yes 0123456789abcde | head -c 600000'], { followed: true });
  let size = 0;
  let full = false;
  const end = new Promise<number | null>((resolve) => {
    execution.follow({
      event: (event) => {
        if (event.kind === 'exit') return resolve(event.code);
        size += event.data.length;
        full = true;
        setTimeout(() => {
          full = false;
          execution.drained();
        }, 1);
      },
      full: () => full,
    });
  });
  expect(await end).toBe(0);
  expect(size).toBe(600_000);
});

test('a replay is the same however often, also after the end', async () => {
  const execution = start(guest(), ['sh', '-c', 'echo a; echo b >&2; exit 3']);
  const first = await outcome(execution);
  expect(first).toEqual({ out: 'a\n', err: 'b\n', code: 3 });
  expect(await outcome(execution)).toEqual(first);
});

test('with nobody listening a process does not wait', async () => {
  const machine = guest();
  const execution = start(machine, ['sh', '-c', 'yes | head -c 2000000; echo end >/tmp/end']);
  await new Promise<void>((resolve) => execution.onOver(resolve));
  expect(execution.exit).toEqual({ code: 0 });
});
