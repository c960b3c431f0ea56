import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { noDefects, parseHooks } from '../../../reference/guest/hooks.ts';
import { Hub } from '../../../reference/vm/hub.ts';
import { connect, createLocalHypervisor } from '../../../reference/vm/local.ts';
import { bootSpec, followed, home, isAlive, processSpec, run, until } from './home.ts';

const recorded = (path: string, box: string) => readFileSync(join(path, 'boxes', box, 'exit'), 'utf8');

test.each([
  ['exit 7', 7, '7'],
  ['kill -INT $$', 130, '130'],
  ['kill -KILL $$', 0, '0'],
])('the end of the main command is recorded: %s', async (script, code, record) => {
  using h = home();
  const hypervisor = createLocalHypervisor();
  const ends: unknown[] = [];
  hypervisor.onEnd((end) => ends.push(end));
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  const id = await hypervisor.start('b1', processSpec(`echo hi; ${script}`, { init: true }));
  expect(await followed(hypervisor, 'b1', id)).toMatchObject({ out: 'hi\n', code });
  expect(recorded(h.path, 'b1')).toBe(record);
  await until(() => ends.length > 0, 'the end is told');
  expect(ends).toEqual([{ box: 'b1', code }]);
  expect(await hypervisor.vms()).toEqual([]);
  await expect(hypervisor.start('b1', processSpec('true'))).rejects.toThrow('no such vm');
});

test('stop kills a command without a handler, and its process is gone afterwards', async () => {
  using h = home();
  const hypervisor = createLocalHypervisor();
  const { pid } = await hypervisor.boot(bootSpec(h.path, 'b1'));
  await hypervisor.start('b1', processSpec('exec sleep 300', { init: true }));
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
  const id = await hypervisor.start('b1', processSpec('exec sleep 300', { init: true }));
  const end = new Promise((resolve) => hypervisor.onEnd(resolve));
  process.kill(pid, 'SIGKILL');
  expect((await followed(hypervisor, 'b1', id)).code).toBeNull();
  expect(await end).toEqual({ box: 'b1', code: null });
  expect(existsSync(join(h.path, 'boxes', 'b1', 'exit'))).toBe(false);
});

test('disk persists from run to run; processes, tmpfs and boot id do not', async () => {
  using h = home();
  const hypervisor = createLocalHypervisor();
  const first = await hypervisor.boot(bootSpec(h.path, 'b1'));
  const script =
    'echo r >>/root/runs; echo t >/tmp/t; echo s >/dev/shm/s; wc -l </root/runs; ls /tmp /dev/shm; cat /proc/sys/kernel/random/boot_id';
  const look = async () => {
    const id = await hypervisor.start('b1', processSpec(script, { init: true }));
    return (await followed(hypervisor, 'b1', id)).out;
  };
  expect(await look()).toBe(
    `1\n/dev/shm:\ns\n/tmp:\nt\n${first.bootId}\n`.replace(
      '/dev/shm:\ns\n/tmp:\nt\n',
      '/tmp:\nt\n/dev/shm:\ns\n',
    ),
  );
  const second = await hypervisor.boot(bootSpec(h.path, 'b1'));
  expect(second.bootId).not.toBe(first.bootId);
  expect((await look()).startsWith('2\n')).toBe(true);
});

test('what was synced survives a cut of the power', async () => {
  using h = home();
  const hypervisor = createLocalHypervisor();
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  await run(hypervisor, 'b1', 'echo kept >/root/f; sync; echo lost >/root/g');
  await hypervisor.kill('b1');
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  expect((await run(hypervisor, 'b1', 'cat /root/f; test -e /root/g || echo none')).out).toBe('kept\nnone\n');
  await hypervisor.kill('b1');
});

test('a process can be read again as long as its box has a directory', async () => {
  using h = home();
  const hub = new Hub({ home: h.path, speed: 40, defect: noDefects });
  const hypervisor = connect(hub);
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  const id = await hypervisor.start('b1', processSpec('echo out; exit 4', { init: true }));
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
  await hypervisor.start('b1', processSpec('exit 9', { init: true }));
  await until(async () => (await hypervisor.vms()).length === 0, 'power-off');
  await hypervisor.boot(bootSpec(h.path, 'b1'));
  await expect(
    hypervisor.start('b1', processSpec('', { init: true, argv: ['/nope'] })),
  ).rejects.toMatchObject({ failure: 'not-found' });
  expect(readFileSync(record, 'utf8')).toBe('9');
  await hypervisor.start('b1', processSpec('exec sleep 300', { init: true }));
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

test('a mount whose source is missing is an error that names it', async () => {
  using h = home();
  const mounts = [{ tag: 'm', at: '/data', mode: 'rw' as const, source: join(h.path, 'nope') }];
  await expect(createLocalHypervisor().boot(bootSpec(h.path, 'b1', { mounts }))).rejects.toThrow(
    join(h.path, 'nope'),
  );
});

test('VMs of owner "connection" end with it, others do not', async () => {
  using h = home();
  const hub = new Hub({ home: h.path, speed: 40, defect: noDefects });
  const [first, second] = [connect(hub), connect(hub)];
  await first.boot(bootSpec(h.path, 'mine', { owner: 'connection' }));
  await first.start('mine', processSpec('exec sleep 300', { init: true }));
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
  expect((await run(hypervisor, 'b1', 'cat /root/in/f')).out).toBe('\0\xff');
  expect(await hypervisor.readTree('b1', '/root/in/f')).toEqual([
    { path: 'f', kind: 'file', mode: 0o644, data: Buffer.from([0, 255]) },
  ]);
  expect(await hypervisor.readTree('b1', '/data/secret')).toBeNull();
  expect(await hypervisor.readTree('b1', '/nope')).toBeNull();
  await hypervisor.kill('b1');
});

test('hooks say what is wrong with them', () => {
  expect(() => parseHooks('nope')).toThrow('no defect is called "nope"');
  expect(() => parseHooks('env-lost=2')).toThrow('from 0 to 1');
  const some = parseHooks('env-lost=0.5', 7);
  const drawn = Array.from({ length: 200 }, () => some('env-lost'));
  expect(drawn.filter(Boolean).length).toBeGreaterThan(60);
  expect(drawn.filter(Boolean).length).toBeLessThan(140);
  const again = parseHooks('env-lost=0.5', 7);
  expect(Array.from({ length: 200 }, () => again('env-lost'))).toEqual(drawn);
});
