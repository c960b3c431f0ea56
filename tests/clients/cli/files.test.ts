import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { argvOf } from '../../../commands/work.ts';
import type { Work } from '../../../domain/work.ts';
import { done, withRealCli } from './bench.ts';

const bench = withRealCli();
const boxlite = (...args: string[]) => bench().boxlite(args);
const play = (work: Work) => boxlite('exec', 'box', '--', ...argvOf(work));
const read = async (path: string) => (await play({ do: 'read', path })).out;
const host = (...names: string[]) => join(bench().dir, ...names);
const everyByte = Buffer.from(Array.from({ length: 256 }, (_, i) => i));

beforeAll(async () => {
  await boxlite('run', '-d', '--name', 'box', ...bench().from, ...argvOf({ do: 'hold', out: '' }));
  writeFileSync(host('bytes'), everyByte);
  mkdirSync(host('tree', 'sub'), { recursive: true });
  writeFileSync(host('tree', 'sub', 'deep'), 'deep\n');
  writeFileSync(host('tree', 'top'), 'top\n');
});

test('a file to a new path becomes that file, and comes back', async () => {
  expect(await boxlite('cp', host('bytes'), 'box:/root/new')).toEqual(done());
  expect(await read('/root/new')).not.toBe('');
  expect(await boxlite('cp', 'box:/root/new', host('back'))).toEqual(done());
  expect(readFileSync(host('back'))).toEqual(everyByte);
});

test('a file replaces a file', async () => {
  await play({ do: 'write', path: '/root/old', data: 'old' });
  expect(await boxlite('cp', host('tree', 'top'), 'box:/root/old')).toEqual(done());
  expect(await read('/root/old')).toBe('top\n');
});

test('a file onto a directory lands inside, both ways', async () => {
  mkdirSync(host('dir'));
  expect(await boxlite('cp', host('dir'), 'box:/root')).toEqual(done());
  expect(await boxlite('cp', host('bytes'), 'box:/root/dir')).toEqual(done());
  expect(await read('/root/dir/bytes')).not.toBe('');
  expect(await boxlite('cp', 'box:/root/dir/bytes', host('dir'))).toEqual(done());
  expect(readFileSync(host('dir', 'bytes'))).toEqual(everyByte);
});

test('a tree onto a directory, both ways', async () => {
  expect(await boxlite('cp', host('tree'), 'box:/root')).toEqual(done());
  expect([await read('/root/tree/sub/deep'), await read('/root/tree/top')]).toEqual(['deep\n', 'top\n']);
  mkdirSync(host('trees'));
  expect(await boxlite('cp', 'box:/root/tree', host('trees'))).toEqual(done());
  expect(readFileSync(host('trees', 'tree', 'sub', 'deep'), 'utf8')).toBe('deep\n');
});

test('SRC/. copies contents, both ways', async () => {
  expect(await boxlite('cp', `${host('tree')}/.`, 'box:/root/contents')).toEqual(done());
  expect([await read('/root/contents/sub/deep'), await read('/root/contents/top')]).toEqual([
    'deep\n',
    'top\n',
  ]);
  expect(await boxlite('cp', 'box:/root/contents/.', host('contents'))).toEqual(done());
  expect(readFileSync(host('contents', 'sub', 'deep'), 'utf8')).toBe('deep\n');
  expect(readFileSync(host('contents', 'top'), 'utf8')).toBe('top\n');
});

test('a resting sandbox box is left as it was found', async () => {
  await boxlite('create', '--name', 'rest', ...bench().from);
  const status = async () => (await boxlite('inspect', 'rest', '-f', '{{.State.Status}}')).out;
  expect(await boxlite('cp', host('bytes'), 'rest:/root/new')).toEqual(done());
  expect(await status()).not.toBe('running\n');
  expect(await boxlite('cp', 'rest:/root/new', host('kept'))).toEqual(done());
  expect(readFileSync(host('kept'))).toEqual(everyByte);
  expect(await status()).not.toBe('running\n');
});

test.each<[string, (host: (name: string) => string) => string[], string]>([
  ['an unknown box', (at) => [at('bytes'), 'nobody:/root/x'], "box 'nobody' not found"],
  ['a missing source here', (at) => [at('none'), 'box:/root/x'], 'does not exist'],
  ['a missing source there', (at) => ['box:/root/none', at('refused')], 'does not exist'],
  ['a mount', (at) => [at('bytes'), 'box:/tmp/x'], 'unsupported'],
  ['a way out', (at) => [at('bytes'), 'box:/root/../x'], 'must not contain'],
])('%s is refused', async (_, args, text) => {
  const copied = await boxlite('cp', ...args(host));
  expect(copied).toMatchObject({ code: 1, out: '', err: expect.stringContaining(text) });
  expect(existsSync(host('refused'))).toBe(false);
});
