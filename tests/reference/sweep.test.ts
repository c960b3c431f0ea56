import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBox } from '../../reference/core/create.ts';
import { openRuntime } from '../../reference/core/open.ts';
import { alone, type Box, type Runtime } from '../../reference/core/runtime.ts';
import { startBox } from '../../reference/core/start.ts';
import type { App } from '../../reference/server/app.ts';
import { createBody, execBody } from '../../reference/server/bodies.ts';
import { execute } from '../../reference/server/execute.ts';
import { newApp } from '../../reference/server/life.ts';
import { readGrace, sweep } from '../../reference/server/sweep.ts';
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

const exec = (box: Box, ...argv: string[]) =>
  execute(app, box.record.id, execBody({ command: argv[0], args: argv.slice(1) }));

describe('deadlines', () => {
  test('a box is stopped after its last use, and removed after its rest, never early', async () => {
    const box = await started({ auto_stop: 60, auto_delete: 120 });
    const usedAtMs = Date.now();
    app.usedAtMs.set(box.record.id, usedAtMs);
    await sweep(app, usedAtMs + 59_000);
    expect(box.record.status).toBe('running');
    await sweep(app, usedAtMs + 60_000);
    expect(box.record.status).toBe('stopped');
    await sweep(app, (box.record.restedAtMs ?? 0) + 119_000);
    expect(box.removed).toBe(false);
    await sweep(app, (box.record.restedAtMs ?? 0) + 120_000);
    expect(box.removed).toBe(true);
  });

  test('a running execution is a use', async () => {
    const box = await started({ auto_stop: 60 });
    await exec(box, 'hold');
    await sweep(app, Date.now() + 2 * minuteMs);
    expect(box.record.status).toBe('running');
  });
});

describe('executions', () => {
  test('a completed one can be read for five minutes', async () => {
    const session = await exec(await started({}), 'say', 'x');
    await expect.poll(() => session.endedAtMs).not.toBeNull();
    await sweep(app, (session.endedAtMs ?? 0) + 5 * minuteMs);
    expect(app.tenants.has(session.id)).toBe(true);
    await sweep(app, (session.endedAtMs ?? 0) + 5 * minuteMs + 1);
    expect(app.tenants.has(session.id)).toBe(false);
  });

  test('one without a client gets HUP after its grace, an attached one does not', async () => {
    const box = await started({});
    const [lonely, attached] = [await exec(box, 'hold'), await exec(box, 'hold')];
    attached.client = 'claimed';
    await sweep(app, Date.now() + 4 * minuteMs);
    expect(lonely.exitCode).toBeNull();
    await sweep(app, Date.now() + 5 * minuteMs + 1_000);
    expect([lonely.exitCode, attached.exitCode]).toEqual([-1, null]);
  });
});

test.each([
  ['5', 5_000],
  ['5s', 5_000],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['nonsense', 7],
  [undefined, 7],
])('a grace of %s is %d ms', (text, ms) => {
  expect(readGrace(text, 7)).toBe(ms);
});
