import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBox } from '../../reference/core/create.ts';
import { stopBox } from '../../reference/core/end.ts';
import { openRuntime } from '../../reference/core/open.ts';
import { alone, type Box, type Runtime } from '../../reference/core/runtime.ts';
import { startBox } from '../../reference/core/start.ts';
import type { App } from '../../reference/server/app.ts';
import { createBody, execBody } from '../../reference/server/bodies.ts';
import { newApp, sweep } from '../../reference/server/life.ts';
import { execute } from '../../reference/server/routes/boxes.ts';
import { scratchHome } from './fake/home.ts';
import { fakeHypervisor } from './fake/hypervisor.ts';

const minuteMs = 60_000;
let place: ReturnType<typeof scratchHome>;
let runtime: Runtime;
let app: App;
beforeEach(async () => {
  place = scratchHome();
  runtime = await openRuntime(place.home, fakeHypervisor().connect);
  app = await newApp(runtime, undefined);
});
afterEach(async () => {
  await runtime.close();
  place[Symbol.dispose]();
});

async function started(fields: object): Promise<Box> {
  const box = createBox(
    runtime,
    null,
    createBody({ rootfs_path: place.rootfs, cmd: ['hold'], ...fields }).spec,
  );
  await alone(box, () => startBox(runtime, box, 'detached'));
  return box;
}

test('a box is removed after its rest, never early', async () => {
  const box = await started({ auto_delete: 120 });
  await sweep(app, Date.now() + 10 * minuteMs);
  expect(box.record.status).toBe('running');
  await stopBox(runtime, box);
  await sweep(app, (box.record.restedAtMs ?? 0) + 119_000);
  expect(box.removed).toBe(false);
  await sweep(app, (box.record.restedAtMs ?? 0) + 120_000);
  expect(box.removed).toBe(true);
});

test('a completed execution can be read for five minutes', async () => {
  const box = await started({});
  const session = await execute(app, box.record.id, execBody({ command: 'say', args: ['x'] }));
  await expect.poll(() => session.endedAtMs).not.toBeNull();
  await sweep(app, (session.endedAtMs ?? 0) + 5 * minuteMs);
  expect(app.tenants.has(session.id)).toBe(true);
  await sweep(app, (session.endedAtMs ?? 0) + 5 * minuteMs + 1);
  expect(app.tenants.has(session.id)).toBe(false);
});
