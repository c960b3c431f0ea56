import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { commandLine, stateIn } from './fake/cli.ts';
import { cat, die, exit, flood, flooded, hold, holdMain, print, runs, write } from './fake/work.ts';

const cli = commandLine();
afterAll(() => cli.close());
const image = ['--rootfs', cli.rootfs];

describe('a detached box', () => {
  test('lives on after its CLI, is used, stopped, started again and removed', async () => {
    const made = await cli.run('run', '-d', '--name', 'd 1', ...image, ...holdMain);
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^[0-9A-Za-z]{12}\n$/) });
    const id = made.out.trim();
    expect((await cli.run('ls', '-q')).out).toBe(`${id}\n`);
    expect(await cli.run('exec', 'd 1', '--', ...print('out\n', 'err\n', 42))).toEqual({
      code: 42,
      out: 'out\n',
      err: 'err\n',
    });
    expect((await cli.run('exec', id, '--', ...die(15))).code).toBe(143);
    expect(await cli.run('rm', id)).toMatchObject({
      code: 1,
      err: expect.stringMatching(/cannot remove box .*Use force=true to stop first/),
    });
    expect(await cli.run('stop', id.slice(0, 5))).toMatchObject({ code: 0, out: `${id.slice(0, 5)}\n` });
    expect(stateIn(await cli.run('inspect', id))).toBe('stopped 137');
    expect(await cli.run('exec', id, '--', ...exit(0))).toMatchObject({
      code: 1,
      err: expect.stringContaining('its main command has already run'),
    });
    expect((await cli.run('start', id)).code).toBe(0);
    expect((await cli.run('exec', id, '--', ...runs)).out).toBe('r\nr\n');
    expect(await cli.run('rm', '-f', id)).toMatchObject({ code: 0, out: `${id}\n` });
    expect((await cli.run('exec', id, '--', ...exit(0))).err).toContain(`No such box: ${id}`);
    expect(existsSync(join(cli.home, 'boxes', id))).toBe(false);
  });
});

describe('a foreground run', () => {
  test('passes bytes and code, and leaves a stopped box', async () => {
    const ran = await cli.finish(cli.begin(['run', '-i', '--name', 'fg', ...image, ...cat]), 'a\0b');
    expect(ran).toMatchObject({ code: 0, out: 'a\0b' });
    expect((await cli.run('rm', 'fg')).code).toBe(0);
    const failed = await cli.run('run', '--name', 'fg', ...image, ...print('', 'e\n', 7));
    expect(failed).toMatchObject({ code: 7, out: '', err: expect.stringMatching(/^e\n/) });
    expect(stateIn(await cli.run('inspect', 'fg'))).toBe('stopped 7');
    expect((await cli.run('rm', 'fg')).code).toBe(0);
  });

  test('keeps megabytes in order', async () => {
    const { out } = await cli.run('run', '--rm', ...image, ...flood(1_000_000));
    expect(out).toBe(flooded(1_000_000));
  });

  test('with --rm leaves nothing, whatever happens', async () => {
    expect((await cli.run('run', '--rm', '--name', 'r', ...image, ...exit(1))).code).toBe(1);
    expect((await cli.run('run', '--rm', '--name', 'r', ...image, '/no/such')).err).toContain('not found');
    expect((await cli.run('ls', '-aq')).out).toBe('');
  });

  test('forwards signals, holds the home, and stops when its CLI is killed', async () => {
    const child = cli.begin(['run', '--name', 'k', ...image, ...hold('up\n', 5)]);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    expect(await cli.run('ls')).toMatchObject({
      code: 1,
      err: expect.stringContaining(`Another BoxliteRuntime is already using directory: ${cli.home}`),
    });
    child.kill('SIGTERM');
    expect((await cli.finish(child)).code).toBe(5);
    const second = cli.begin(['run', '--name', 'k2', ...image, ...hold('up\n')]);
    await once(second.stdout as NodeJS.ReadableStream, 'data');
    second.kill('SIGKILL');
    await once(second, 'close');
    expect(stateIn(await cli.run('inspect', 'k2'))).toBe('stopped 137');
    expect((await cli.run('rm', 'k', 'k2')).code).toBe(0);
  });
});

describe('mounts and copies', () => {
  test('a read-only mount stays as it is, bytes go both ways by cp', async () => {
    const host = join(cli.dir, 'host');
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
    writeFileSync(join(cli.dir, 'bytes'), bytes);
    await cli.run('run', '--rm', '-v', `${cli.dir}:/data:ro`, ...image, ...write('/data/host', 'x'));
    expect(existsSync(host)).toBe(false);
    const id = (await cli.run('create', ...image, '--name', 'c')).out.trim();
    expect(await cli.run('cp', join(cli.dir, 'bytes'), `${id}:/root`)).toEqual({ code: 0, out: '', err: '' });
    expect((await cli.run('cp', 'c:/root/bytes', join(cli.dir, 'back'))).code).toBe(0);
    expect(readFileSync(join(cli.dir, 'back'))).toEqual(bytes);
    expect(stateIn(await cli.run('inspect', 'c'))).toBe('configured 0');
    expect((await cli.run('cp', join(cli.dir, 'bytes'), 'c:/tmp/x')).err).toContain('unsupported');
    expect((await cli.run('rm', 'c')).code).toBe(0);
  });

  test.each([
    '..',
    '../x',
    '.h',
    '/x',
    '~t',
    'a/b',
  ])('a box that is called %s is a side of cp, and no path of the host', async (name) => {
    writeFileSync(join(cli.dir, 'there'), 'bytes');
    const id = (await cli.run('create', ...image, '--name', name)).out.trim();
    expect(await cli.run('cp', join(cli.dir, 'there'), `${name}:/root/f`)).toMatchObject({ code: 0 });
    expect(await cli.run('cp', `${name}:/root/f`, join(cli.dir, 'again'))).toMatchObject({ code: 0 });
    expect(readFileSync(join(cli.dir, 'again'), 'utf8')).toBe('bytes');
    expect((await cli.run('rm', id)).code).toBe(0);
  });

  test('an anonymous volume goes with its box', async () => {
    const id = (await cli.run('create', '-v', '/data', ...image)).out.trim();
    expect(readdirSync(join(cli.home, 'volumes', 'anonymous'))).toHaveLength(1);
    await cli.run('rm', id);
    expect(readdirSync(join(cli.home, 'volumes', 'anonymous'))).toHaveLength(0);
  });
});
