import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { type Box, play, withSdk } from './bench.ts';

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, i) => i));

withSdk('files', (bench) => {
  let box: Box;
  const host = (...names: string[]) => join(bench().dir, ...names);
  beforeAll(async () => {
    box = await bench().client.create({ rootfsPath: bench().rootfs }, 'files');
    await box.start();
    writeFileSync(host('bytes'), everyByte);
    mkdirSync(host('tree', 'sub'), { recursive: true });
    writeFileSync(host('tree', 'sub', 'deep'), 'deep\n');
    writeFileSync(host('tree', 'top'), 'top\n');
  });

  // Up to 0.10.0 the client names the directory its archive is unpacked in, whatever it copies.
  test('a file goes into the directory named, and comes back', async () => {
    await box.copyIn(host('bytes'), '/root/in');
    expect((await play(box, { do: 'read', path: '/root/in/bytes' })).out).not.toBe('');
    await box.copyOut('/root/in/bytes', host('back'));
    expect(readFileSync(host('back'))).toEqual(everyByte);
  });

  test('a tree goes in and comes back', async () => {
    await box.copyIn(host('tree'), '/root/copy');
    expect((await play(box, { do: 'read', path: '/root/copy/sub/deep' })).out).toBe('deep\n');
    expect((await play(box, { do: 'read', path: '/root/copy/top' })).out).toBe('top\n');
    await box.copyOut('/root/copy', host('out'));
    expect(readFileSync(host('out', 'copy', 'sub', 'deep'), 'utf8')).toBe('deep\n');
    expect(readFileSync(host('out', 'copy', 'top'), 'utf8')).toBe('top\n');
  });

  test('a resting sandbox box is booted for it', async () => {
    const { client, rootfs } = bench();
    const resting = await client.create({ rootfsPath: rootfs }, 'resting');
    await resting.copyIn(host('bytes'), '/root/in');
    expect((await client.getInfo('resting'))?.state.status).toBe('running');
    await client.remove('resting', true);
  });

  test.each([
    ['a mount', '/tmp/x', 'unsupported'],
    ['a way out', '/root/../x', 'must not contain'],
  ])('%s is refused', async (_, path, text) => {
    await expect(box.copyIn(host('bytes'), path)).rejects.toThrow(text);
    await expect(box.copyOut(path, host('refused'))).rejects.toThrow(text);
    expect(existsSync(host('refused'))).toBe(false);
  });

  test('what is not there is refused', async () => {
    await expect(box.copyIn(host('none'), '/root/none')).rejects.toThrow('No such file');
    await expect(box.copyOut('/root/none', host('refused'))).rejects.toThrow('does not exist');
    expect(existsSync(host('refused'))).toBe(false);
  });
});
