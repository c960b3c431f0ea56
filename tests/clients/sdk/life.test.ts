import { expect, test } from 'vitest';
import { argvOf, mainArgv } from '../../../commands/work.ts';
import { type Box, exit, play, withSdk } from './bench.ts';

withSdk("a box's life", (bench) => {
  const make = (name: string, more: object = {}): Promise<Box> =>
    bench().client.create({ rootfsPath: bench().rootfs, autoDelete: 0, ...more }, name);
  const statusOf = async (typed: string) => (await bench().client.getInfo(typed))?.state.status;

  test('from create to what comes after removal', async () => {
    const { client, rootfs, dir } = bench();
    const box = await make('life', { cpus: 2, memoryMib: 512, detach: true });
    expect(box.name).toBe('life');
    expect(await box.info()).toMatchObject({
      id: expect.stringMatching(/^[0-9A-Za-z]{12}$/),
      name: 'life',
      state: { status: 'configured', running: false },
      image: `rootfs:${rootfs}`,
      cpus: 2,
      memoryMib: 512,
      autoStop: 0,
      autoDelete: 0,
      autoResume: true,
    });
    expect(Math.abs(Date.parse((await box.info()).createdAt) - Date.now())).toBeLessThan(60_000);

    await box.start();
    const running = await client.getInfo(box.id);
    expect(running?.state).toMatchObject({ status: 'running', running: true, pid: expect.any(Number) });
    await play(box, { do: 'write', path: '/root/kept', data: 'kept' });

    await box.stop();
    expect((await client.getInfo('life'))?.state).toEqual({ status: 'stopped', running: false });
    await box.stop();
    await box.start();
    expect((await play(box, { do: 'read', path: '/root/kept' })).out).toBe('kept');

    await expect(client.remove('life')).rejects.toThrow('Use force=true to stop first');
    expect(await statusOf('life')).toBe('running');
    await client.remove('life', true);

    const uses: [string, () => Promise<unknown>][] = [
      ['info', () => box.info()],
      ['start', () => box.start()],
      ['stop', () => box.stop()],
      ['exec', () => box.exec('sh', [])],
      ['metrics', () => box.metrics()],
      ['copyIn', () => box.copyIn(rootfs, '/root')],
      ['copyOut', () => box.copyOut('/etc', dir)],
      ['remove', () => client.remove(box.id, true)],
    ];
    for (const [what, use] of uses) await expect(use(), what).rejects.toThrow(/not found/);
    expect(await client.get(box.id)).toBeNull();
    expect(await client.getInfo('life')).toBeNull();
  });

  test('lists newest first and finds by id, name and beginning of an id', async () => {
    const { client } = bench();
    const [older, newer] = [await make('older'), await make('newer')];
    const listed = (await client.listInfo()).map(({ id }) => id);
    expect(listed.filter((id) => id === older.id || id === newer.id)).toEqual([newer.id, older.id]);
    for (const typed of [older.id, 'older', older.id.slice(0, 10)])
      expect((await client.get(typed))?.id).toBe(older.id);
    await client.remove('older');
    await client.remove('newer');
    expect((await client.listInfo()).map(({ name }) => name)).not.toContain('older');
  });

  test('getOrCreate takes what is there', async () => {
    const { client, rootfs } = bench();
    const first = await client.getOrCreate({ rootfsPath: rootfs }, 'once');
    const second = await client.getOrCreate({ rootfsPath: rootfs }, 'once');
    expect([first.created, second.created]).toEqual([true, false]);
    expect(second.box.id).toBe(first.box.id);
    await expect(make('once')).rejects.toThrow("box with name 'once' already exists");
    await client.remove('once');
  });

  test('a job box keeps to its command', async () => {
    const { client } = bench();
    const env = [{ key: 'BOXCHECK_VALUE', value: 'x y=z' }];
    const cmd = mainArgv({ do: 'hold', out: '' });
    const box = await make('job', { cmd, env, workingDir: '/etc' });
    await expect(box.exec('sh', [])).rejects.toThrow('starting the box would run its main command');
    await box.start();
    const ran = async () => (await play(box, { do: 'runs' })).out;
    await expect.poll(ran, { timeout: 10_000 }).toBe('r\n');
    // Its tenants have its environment and its directory (contract 2.4).
    expect((await play(box, { do: 'env', value: '' })).out).toBe('x y=z');
    expect((await play(box, { do: 'read', path: 'passwd' })).out).toContain('root:x:0:0');
    await box.stop();
    await expect(box.exec('sh', [])).rejects.toThrow('its main command has already run');
    await expect(box.metrics()).rejects.toThrow('start the box explicitly');
    await client.remove('job');
  });

  test('a main command that ends takes its box to rest', async () => {
    const box = await make('short', { cmd: argvOf(exit(9)) });
    await box.start();
    await expect.poll(() => statusOf('short'), { timeout: 10_000 }).toBe('stopped');
    await bench().client.remove('short');
  });

  test('SimpleBox boots at its first command and stops', async () => {
    const { sdk, client, rootfs } = bench();
    const simple = new sdk.SimpleBox({ runtime: client, rootfsPath: rootfs, name: 'simple' });
    const [command = '', ...args] = argvOf({ do: 'print', out: 'out\n', err: 'err\n', code: 2 });
    expect(await simple.exec(command, ...args)).toEqual({
      exitCode: 2,
      stdout: 'out\n',
      stderr: 'err\n',
    });
    const [cat = '', ...relative] = argvOf({ do: 'read', path: 'passwd' });
    expect((await simple.exec(cat, relative, undefined, { cwd: '/etc' })).stdout).toContain('root:x:0:0');
    await simple.stop();
    expect(await statusOf('simple')).toBe('stopped');
    await client.remove('simple');
  });
});
