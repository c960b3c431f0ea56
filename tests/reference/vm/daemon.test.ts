import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectHypervisor } from '../../../reference/vm/remote.ts';
import { daemonPid, endDaemon } from '../fake/daemon.ts';
import { cat, exit, hold, print } from '../fake/work.ts';
import { bootSpec, followed, home, isAlive, processSpec, run, until } from './home.ts';

let h: ReturnType<typeof home>;

beforeEach(() => {
  h = home();
});
afterEach(async () => {
  await endDaemon(h.path);
  h[Symbol.dispose]();
});

test('a detached VM outlives the process that booted it, another adopts it', async () => {
  const fixture = fileURLToPath(new URL('./boot-and-leave.ts', import.meta.url));
  const child = spawn(process.execPath, [fixture, h.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [id] = await once(child.stdout, 'data');
  await once(child, 'exit');
  const hypervisor = await connectHypervisor(h.path);
  expect((await hypervisor.vms()).map(({ box }) => box)).toEqual(['kept']);
  expect((await run(hypervisor, 'kept', print('alive\n'))).out).toBe('alive\n');
  await hypervisor.stop('kept');
  expect(await followed(hypervisor, 'kept', String(id))).toMatchObject({ out: 'up\n', code: -9 });
  expect(readFileSync(join(h.path, 'boxes/owned/exit'), 'utf8')).toBe('137');
  await hypervisor.close();
});

test('when the daemon is killed, its VMs are gone and its clients are told', async () => {
  const told = Promise.withResolvers<void>();
  const hypervisor = await connectHypervisor(h.path, told.resolve);
  const { pid } = await hypervisor.boot(bootSpec(h.path, 'b1'));
  const id = await hypervisor.start('b1', processSpec(hold(), { init: true }));
  const exit = followed(hypervisor, 'b1', id);
  const daemon = daemonPid(h.path);
  expect(daemon).not.toBeNull();
  process.kill(daemon as number, 'SIGKILL');
  expect((await exit).code).toBeNull();
  await told.promise;
  await expect(hypervisor.vms()).rejects.toThrow('lost');
  await until(() => !isAlive(pid), 'the VM process ends with its daemon');
  const again = await connectHypervisor(h.path);
  expect(await again.vms()).toEqual([]);
  await again.close();
});

test('errors keep their kind over the socket', async () => {
  const hypervisor = await connectHypervisor(h.path);
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  await expect(hypervisor.start('b1', processSpec(['/etc']))).rejects.toMatchObject({
    name: 'SpawnError',
    failure: 'is-directory',
  });
  await expect(hypervisor.start('b2', processSpec(exit(0)))).rejects.toThrow('no such vm');
  await expect(hypervisor.follow('b1', 'nope', () => {})).rejects.toThrow('no such process');
  await hypervisor.close();
});

test('stdin, stdout and a flood go through whole', async () => {
  const hypervisor = await connectHypervisor(h.path);
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  const bytes = Buffer.alloc(700_000, 'abcdefg\xff', 'latin1');
  const id = await hypervisor.start('b1', processSpec(cat, { followed: true }));
  const all = followed(hypervisor, 'b1', id);
  await hypervisor.write('b1', id, bytes);
  await hypervisor.write('b1', id, null);
  const { out, err, code } = await all;
  expect(Buffer.from(out, 'latin1').equals(bytes)).toBe(true);
  expect({ err, code }).toEqual({ err: '', code: 0 });
  await hypervisor.close();
});

test('several clients starting it at once get the same daemon', async () => {
  const clients = await Promise.all([1, 2, 3].map(() => connectHypervisor(h.path)));
  await clients[0]?.boot(bootSpec(h.path, 'b1'));
  for (const client of clients) expect((await client.vms()).map(({ box }) => box)).toEqual(['b1']);
  for (const client of clients) await client.close();
});

test('it ends by itself when its home goes, and takes its VMs along', async () => {
  const hypervisor = await connectHypervisor(h.path);
  const { pid } = await hypervisor.boot(bootSpec(h.path, 'b1'));
  const daemon = daemonPid(h.path);
  expect(daemon).not.toBeNull();
  rmSync(h.path, { recursive: true });
  await until(() => !isAlive(pid) && !isAlive(daemon as number), 'daemon and VM end');
});

test('it ends by itself when nobody needs it', async () => {
  process.env.BOXLITE_REF_IDLE_MS = '100';
  const hypervisor = await connectHypervisor(h.path);
  delete process.env.BOXLITE_REF_IDLE_MS;
  await hypervisor.close();
  const daemon = daemonPid(h.path);
  expect(daemon).not.toBeNull();
  await until(() => !isAlive(daemon as number), 'the daemon ends');
  expect(daemonPid(h.path)).toBeNull();
  expect(readdirSync(h.path)).toEqual([]);
});

test('a home with a long path works too', async () => {
  const long = join(h.path, 'x'.repeat(120));
  await import('node:fs').then(({ mkdirSync }) => mkdirSync(long));
  const hypervisor = await connectHypervisor(long);
  expect(await hypervisor.vms()).toEqual([]);
  await hypervisor.close();
  await endDaemon(long);
});
