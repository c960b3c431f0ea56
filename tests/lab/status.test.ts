import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDirectory } from '../../files/write.ts';
import { labStatus } from '../../lab/index.ts';
import { labPaths } from '../../lab/paths.ts';
import { writeState } from '../../lab/state.ts';
import { boxcheck } from '../bin/spawn.ts';

let cacheDir: string;
beforeEach(async () => {
  cacheDir = await mkdtemp(join(tmpdir(), 'bc-status-'));
});
afterEach(() => rm(cacheDir, { recursive: true, force: true }));

test('lab status --json is one document on stdout, and exit 3 where no lab is up', async () => {
  const { code, out } = await boxcheck(['lab', 'status', '--json'], { XDG_CACHE_HOME: cacheDir });
  expect({ code, told: JSON.parse(out) }).toEqual({
    code: 3,
    told: { format: 1, cache: join(cacheDir, 'boxcheck'), diskBuilt: false, holder: null, machine: null },
  });
});

test('what is told of a machine is the same as data and as lines, and never its key', async () => {
  const { run, state } = labPaths(cacheDir);
  await makeDirectory(run);
  writeState(state, {
    ...{ format: 1, version: '0.11.0', runtime: '0.10.8', keep: true, apiKey: 'secret-key' },
    ...{
      qemu: { pid: 2 ** 22, startTicks: '1' },
      sshPort: 1001,
      servePorts: [1002, 1003],
      boxlite: '/b',
      payload: 'p',
    },
    ...{ startedAt: '2026-11-26T05:00:00.000Z', qemuVersion: '7.2.22', kernel: '6.1.0' },
  });
  const told: unknown[] = [];
  const lines: string[] = [];
  expect(
    await labStatus(
      { cacheDir },
      (line) => lines.push(line),
      (status) => told.push(status),
    ),
  ).toBe(false);
  expect(lines).toEqual([]);
  expect(told).toEqual([
    {
      ...{ format: 1, cache: cacheDir, diskBuilt: false, holder: null },
      machine: {
        ...{ version: '0.11.0', runtime: '0.10.8', startedAt: '2026-11-26T05:00:00.000Z' },
        ...{ qemu: { pid: 2 ** 22, version: '7.2.22' }, kernel: '6.1.0' },
        ...{ server: 'http://127.0.0.1:1002', stays: true, trouble: expect.stringContaining('QEMU') },
      },
    },
  ]);
  expect(await labStatus({ cacheDir }, (line) => lines.push(line))).toBe(false);
  expect(lines).toEqual([
    `lab: cache ${cacheDir}`,
    'lab: disk not built',
    'lab: boxlite 0.11.0 (runtime 0.10.8) since 2026-11-26T05:00:00.000Z, QEMU 7.2.22 pid 4194304, kernel 6.1.0',
    'lab: server http://127.0.0.1:1002',
    expect.stringMatching(/^lab: not well: .*QEMU/u),
  ]);
  expect(JSON.stringify([told, lines])).not.toContain('secret-key');
});
