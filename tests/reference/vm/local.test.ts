import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connect } from '../../../reference/vm/connection.ts';
import { Hub } from '../../../reference/vm/hub.ts';
import { asMain, die, exit, hold, print, read, runs, write } from '../fake/work.ts';
import { bootSpec, createLocalHypervisor, followed, home, isAlive, processSpec, run, until } from './home.ts';

const recorded = (path: string, box: string) => readFileSync(join(path, 'boxes', box, 'exit'), 'utf8');

test.each([
  ['exit 7', exit(7), 7, '7'],
  ['an interrupt', die(2), 130, '130'],
  ['KILL', die(9), 0, '0'],
])('the end of the main command is recorded: %s', async (_, argv, code, record) => {
  using h = home();
  const hypervisor = createLocalHypervisor();
  const ends: unknown[] = [];
  hypervisor.onEnd((end) => ends.push(end));
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  const id = await hypervisor.start('b1', processSpec(argv, { init: true }));
  expect(await followed(hypervisor, 'b1', id)).toMatchObject({ code });
  expect(recorded(h.path, 'b1')).toBe(record);
  await until(() => ends.length > 0, 'the end is told');
  expect(ends).toEqual([{ box: 'b1', code }]);
  expect(await hypervisor.vms()).toEqual([]);
  await expect(hypervisor.start('b1', processSpec(exit(0)))).rejects.toThrow('no such vm');
});

test('stop kills a command without a handler, and its process is gone afterwards', async () => {
  using h = home();
  const hypervisor = createLocalHypervisor();
  const { pid } = await hypervisor.boot(bootSpec(h.path, 'b1'));
  await hypervisor.start('b1', processSpec(hold(), { init: true }));
  expect(isAlive(pid)).toBe(true);
  expect(readFileSync(`/proc/${pid}/cmdline`, 'utf8')).toContain('boxlite-vm');
  expect(await hypervisor.stop('b1')).toEqual({ code: 137 });
  expect(isAlive(pid)).toBe(false);
  expect(recorded(h.path, 'b1')).toBe('137');
});

test('a VM killed from outside records nothing and ends everything with an unknown code', async () => {
  using h = home();
  const hypervisor = createLocalHypervisor();
  const { pid } = await hypervisor.boot(bootSpec(h.path, 'b1'));
  const id = await hypervisor.start('b1', processSpec(hold(), { init: true }));
  const end = new Promise((resolve) => hypervisor.onEnd(resolve));
  process.kill(pid, 'SIGKILL');
  expect((await followed(hypervisor, 'b1', id)).code).toBeNull();
  expect(await end).toEqual({ box: 'b1', code: null });
  expect(existsSync(join(h.path, 'boxes', 'b1', 'exit'))).toBe(false);
});

test('disk persists from run to run; tmpfs and boot id do not', async () => {
  using h = home();
  const hypervisor = createLocalHypervisor();
  const said = async (argv: string[]) => (await run(hypervisor, 'b1', argv)).out;
  const bootId = read('/proc/sys/kernel/random/boot_id');
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  await run(hypervisor, 'b1', asMain({ do: 'write', path: '/tmp/t', data: 't' }));
  await run(hypervisor, 'b1', write('/dev/shm/s', 's'));
  const first = await said(bootId);
  expect([await said(runs), await said(read('/tmp/t')), await said(read('/dev/shm/s'))]).toEqual([
    'r\n',
    't',
    's',
  ]);
  await hypervisor.stop('b1');
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  expect([await said(runs), await said(read('/tmp/t')), await said(read('/dev/shm/s'))]).toEqual([
    'r\n',
    '',
    '',
  ]);
  expect(first).toMatch(/^[0-9a-f-]{36}\n$/u);
  expect(await said(bootId)).not.toBe(first);
  await hypervisor.kill('b1');
});

test('what was synced survives a cut of the power', async () => {
  using h = home();
  const hypervisor = createLocalHypervisor();
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  await run(hypervisor, 'b1', write('/root/f', 'kept'));
  await hypervisor.writeTree('b1', '/root', [{ path: 'g', kind: 'file', mode: 0o644 }]);
  await hypervisor.kill('b1');
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  expect((await run(hypervisor, 'b1', read('/root/f'))).out).toBe('kept');
  expect((await run(hypervisor, 'b1', read('/root/g'))).code).toBe(1);
  await hypervisor.kill('b1');
});

test('a process can be read again as long as its box has a directory', async () => {
  using h = home();
  const hub = new Hub(h.path);
  const hypervisor = connect(hub);
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  const id = await hypervisor.start('b1', processSpec(print('out\n', '', 4), { init: true }));
  const first = await followed(hypervisor, 'b1', id);
  hub.sweep();
  expect(await followed(hypervisor, 'b1', id)).toEqual(first);
  await hypervisor.write('b1', id, Buffer.from('too late'));
  await hypervisor.signal('b1', id, 15);
  rmSync(join(h.path, 'boxes'), { recursive: true });
  hub.sweep();
  await expect(hypervisor.follow('b1', id, () => {})).rejects.toThrow('no such process');
});

test('a new run clears the recorded code once its command has started, a refused one does not', async () => {
  using h = home();
  const hypervisor = createLocalHypervisor();
  const record = join(h.path, 'boxes', 'b1', 'exit');
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  await hypervisor.start('b1', processSpec(exit(9), { init: true }));
  await until(async () => (await hypervisor.vms()).length === 0, 'power-off');
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  await expect(hypervisor.start('b1', processSpec(['/nope'], { init: true }))).rejects.toMatchObject({
    failure: 'not-found',
  });
  expect(readFileSync(record, 'utf8')).toBe('9');
  await hypervisor.start('b1', processSpec(hold(), { init: true }));
  expect(existsSync(record)).toBe(false);
  await hypervisor.kill('b1');
});

test('booting twice is refused, also at the same time, and leaves one VM', async () => {
  using h = home();
  const hypervisor = createLocalHypervisor();
  const boots = await Promise.allSettled([1, 2, 3].map(() => hypervisor.boot(bootSpec(h.path, 'b1'))));
  expect(boots.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await hypervisor.vms()).toHaveLength(1);
  await hypervisor.kill('b1');
  await expect(hypervisor.stop('b1')).rejects.toThrow('no such vm');
});

test('VMs of owner "connection" end with it, others do not', async () => {
  using h = home();
  const hub = new Hub(h.path);
  const [first, second] = [connect(hub), connect(hub)];
  await first.boot(bootSpec(h.path, 'mine', { owner: 'connection' }));
  await first.start('mine', processSpec(hold(), { init: true }));
  await first.boot(bootSpec(h.path, 'nobodys'));
  await first.close();
  expect((await second.vms()).map(({ box }) => box)).toEqual(['nobodys']);
  expect(recorded(h.path, 'mine')).toBe('137');
  await second.kill('nobodys');
});

test('trees are of the root disk, not of what is mounted over it', async () => {
  using h = home();
  const source = join(h.path, 'host');
  mkdirSync(source);
  writeFileSync(join(source, 'secret'), 'x');
  const hypervisor = createLocalHypervisor();
  await hypervisor.boot(bootSpec(h.path, 'b1', { mounts: [{ tag: 'm', at: '/data', mode: 'rw', source }] }));
  await hypervisor.writeTree('b1', '/root/in', [
    { path: 'f', kind: 'file', mode: 0o644, data: Buffer.from([0, 255]) },
  ]);
  expect((await run(hypervisor, 'b1', read('/root/in/f'))).out).toBe('\0\xff');
  expect(await hypervisor.readTree('b1', '/root/in/f')).toEqual([
    { path: 'f', kind: 'file', mode: 0o644, owner: { uid: 0, gid: 0 }, data: Buffer.from([0, 255]) },
  ]);
  expect(await hypervisor.readTree('b1', '/data/secret')).toBeNull();
  expect(await hypervisor.readTree('b1', '/nope')).toBeNull();
  await hypervisor.kill('b1');
});
