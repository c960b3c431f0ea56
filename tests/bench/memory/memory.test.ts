import { expect, it } from 'vitest';
import { growthOf, memoryLosses, rssMiB, rssOf } from '../../../bench/memory/growth.ts';

const hour = (mib: (minute: number) => number) =>
  Array.from({ length: 360 }, (_, i) => ({ minute: i / 6, mib: mib(i / 6) }));

it('reads the memory of a process from its status', async () => {
  expect(rssOf('Name:\tnode\nVmRSS:\t  2048 kB\nThreads:\t1\n')).toBe(2);
  expect(rssOf('')).toBeNull();
  expect(await rssMiB(process.pid)).toBeGreaterThan(10);
});

it('calls memory flat that only wavers, whatever the first minutes were', () => {
  const growth = growthOf(hour((minute) => (minute < 2 ? 60 + 40 * minute : 150 + 10 * Math.sin(minute))));
  expect(growth.grown).toBeCloseTo(0, -1);
  expect(memoryLosses(growth)).toEqual([]);
});

it('calls memory a loss that grows, or that is too much', () => {
  const growing = growthOf(hour((minute) => 150 + minute));
  expect(growing.perHour).toBeCloseTo(60);
  expect(growing.grown).toBeGreaterThan(50);
  expect(memoryLosses(growing)).toEqual([expect.stringContaining('not flat')]);
  expect(memoryLosses(growthOf(hour(() => 304)))).toEqual([expect.stringContaining('304')]);
});

it('makes no line of a single minute', () => {
  expect(growthOf(hour((minute) => 100 + minute).slice(0, 6)).grown).toBeNull();
});
