import { dirname } from 'node:path';
import { expect, test } from 'vitest';
import { argvOf } from '../../../commands/work.ts';
import { closeAll, openLanes, usualLanes } from '../../../runtime/targets/lanes.ts';
import { ownRunsDir } from '../fixtures/fake-target.ts';

const open = (lanes: number) =>
  openLanes('reference', { resident: true, cacheDir: dirname(ownRunsDir()) }, lanes, () => {});

test('the usual number of lanes is what cores and memory carry, and four at most; one where they would share a server', () => {
  const of = (cpus: number, freeGb: number) => ({ cpus, freeBytes: freeGb * 2 ** 30 });
  expect(usualLanes('reference', of(2, 8))).toBe(2);
  expect(usualLanes('reference', of(64, 64))).toBe(4);
  expect(usualLanes('host', of(8, 5))).toBe(2);
  expect(usualLanes('host', of(8, 0.5))).toBe(1);
  expect(usualLanes('external', of(64, 64))).toBe(1);
  expect(usualLanes('lab', of(64, 64))).toBe(2);
  expect(usualLanes('lab', of(1, 64))).toBe(1);
});

test('each lane sees what is its own: boxes, processes and sockets of another are not in its baseline', async () => {
  const lanes = await open(2);
  const [one, other] = lanes;
  try {
    const before = await Promise.all(lanes.map((lane) => lane.baseline()));
    const work = argvOf({ do: 'hold', out: '' });
    const session = await one.session('p');
    const from = 'rootfs' in session.image ? ['--rootfs', session.image.rootfs] : [];
    const made = await session.cli('cli', ['run', '-d', ...from, ...work], { timeoutMs: 20_000 });
    await session.dispose();
    expect(made).toMatchObject({ exit: 0, err: '' });
    expect((await one.baseline()).length).toBeGreaterThan(before[0]?.length ?? 0);
    expect(await other?.baseline()).toEqual(before[1]);
    expect(await other?.sweep()).toEqual([]);
    expect(await one.sweep()).toHaveLength(1);
  } finally {
    await closeAll(lanes);
  }
});
