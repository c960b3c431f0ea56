import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openRuntime } from '../../../reference/core/open.ts';
import { defectsFromEnvironment } from '../../../reference/defects/spoil.ts';
import { catalogue, type DefectName } from '../../../reference/defects.ts';
import { httpServer } from '../../../reference/server/http.ts';
import { endAll, newApp } from '../../../reference/server/life.ts';
import { endDaemon } from '../fake/daemon.ts';
import { scratchHome } from '../fake/home.ts';
import { call } from '../fake/main.ts';
import { guestDefects, portDefects } from '../vm/guest-defects.ts';
import { localProbes } from './local.ts';
import { restProbes } from './rest.ts';
import { type ProbeName, shownBy } from './table.ts';

const place = scratchHome();
const clean = new Map<ProbeName, string>();
afterEach(() => defectsFromEnvironment({}));
afterAll(async () => {
  await endDaemon(place.home);
  place[Symbol.dispose]();
});

/** Short waits: what is late by five seconds is late by less than one. */
beforeAll(() => {
  mkdirSync(place.home, { recursive: true });
  process.env.BOXLITE_REF_LATE_FACTOR = '0.15';
});

const emptied = () => call({ BOXLITE_HOME: place.home, BOXLITE_REF_DEFECTS: '' }, ['rm', '-af']);

async function local(name: keyof typeof localProbes, defects: string): Promise<unknown> {
  const env = { BOXLITE_HOME: place.home, BOXLITE_REF_DEFECTS: defects };
  const run = (...args: string[]) => call(env, args);
  const image = ['--rootfs', place.rootfs];
  return localProbes[name]({ dir: place.dir, home: place.home, image, defects, run });
}

async function rest(name: keyof typeof restProbes, defects: string): Promise<unknown> {
  await defectsFromEnvironment({ BOXLITE_REF_DEFECTS: defects });
  let runtime = await openRuntime(place.home);
  const app = await newApp(runtime, undefined);
  const server = httpServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const reopen = async (end: 'interrupted' | 'killed') => {
    if (end === 'interrupted') await endAll(app);
    await runtime.close();
    runtime = await openRuntime(place.home);
    return runtime;
  };
  try {
    return await restProbes[name]({ url, rootfs: place.rootfs, dir: place.dir, runtime, reopen });
  } finally {
    server.closeAllConnections();
    server.close();
    await runtime.close();
  }
}

async function probe(name: ProbeName, defects: string): Promise<string> {
  try {
    const told = name in localProbes ? local(name as never, defects) : rest(name as never, defects);
    return JSON.stringify(await told.catch((error: unknown) => `probe failed: ${error}`), null, 1);
  } finally {
    await emptied();
  }
}

describe.each(Object.entries(shownBy) as [ProbeName, DefectName[]][])('%s', (name, defects) => {
  beforeAll(async () => {
    clean.set(name, await probe(name, ''));
  });

  // A probe watches real processes; on a machine that is busy elsewhere one look may come too early.
  test('gives the same answers twice without a defect', { retry: 2 }, async () => {
    expect(await probe(name, '')).toBe(clean.get(name));
    expect(clean.get(name)).not.toContain('probe failed: ');
  });

  test.each(defects)('%s changes an answer', { retry: 2 }, async (defect) => {
    expect(await probe(name, `${defect}=1`)).not.toBe(clean.get(name));
  });
});

test('every defect is shown by a probe, or by the tests of the guest half', () => {
  const shown = new Set<string>([...Object.values(shownBy).flat(), ...guestDefects, ...portDefects]);
  const left = catalogue.map(({ name }) => name).filter((name) => !shown.has(name));
  expect(left).toEqual(['home-lock-missing']);
});

test('a home may be opened twice when its lock is missing', async () => {
  await defectsFromEnvironment({ BOXLITE_REF_DEFECTS: 'home-lock-missing' });
  const home = join(place.dir, 'twice');
  const [one, two] = [await openRuntime(home), await openRuntime(home)];
  await Promise.all([one.close(), two.close()]);
});
