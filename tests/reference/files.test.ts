import { text } from 'node:stream/consumers';
import { extract, pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commandLine } from './fake/cli.ts';
import { exit } from './fake/work.ts';

const cli = commandLine();
let base = '';
let box = '';
beforeAll(async () => {
  base = `${(await cli.serve()).url}/v1/boxes`;
  box = (await post('', { rootfs_path: cli.rootfs })).box_id;
});
afterAll(() => cli.close());

const headers = { 'content-type': 'application/json' };
async function post(path: string, json: object): Promise<{ box_id: string }> {
  const answer = await fetch(`${base}${path}`, { method: 'POST', body: JSON.stringify(json), headers });
  return (await answer.json()) as { box_id: string };
}

async function tarOf(files: Record<string, string>): Promise<Buffer> {
  const tar = pack();
  for (const [name, content] of Object.entries(files)) tar.entry({ name }, content);
  tar.finalize();
  return Buffer.concat(await Array.fromAsync(tar as AsyncIterable<Buffer>));
}

/** PUT files; the status. */
async function put(path: string, files: Record<string, string>, more = ''): Promise<number> {
  const url = `${base}/${box}/files?path=${encodeURIComponent(path)}${more}`;
  const body = new Uint8Array(await tarOf(files));
  return (await fetch(url, { method: 'PUT', body, headers: { 'content-type': 'application/x-tar' } })).status;
}

/** GET files: the entries by name, directories with null, and what the server says the source is. */
async function get(path: string) {
  const answer = await fetch(`${base}/${box}/files?path=${encodeURIComponent(path)}`);
  const tar = extract();
  tar.end(Buffer.from(await answer.arrayBuffer()));
  const entries: Record<string, string | null> = {};
  for await (const entry of tar) {
    const content = await text(entry);
    entries[entry.header.name] = entry.header.type === 'directory' ? null : content;
  }
  return { entries, isDirectory: answer.headers.get('x-boxlite-source-is-dir') };
}

describe('PUT files', () => {
  test('unpacks under the directory named', async () => {
    expect(await put('/root/plain', { f: 'one' })).toBe(204);
    expect((await get('/root/plain')).entries).toEqual({ 'plain/': null, 'plain/f': 'one' });
  });

  test('takes a file for that file where the client says it is one', async () => {
    expect(await put('/root/new', { f: 'two' }, '&source_is_dir=false')).toBe(204);
    expect((await get('/root/new')).entries).toEqual({ new: 'two' });
    expect(await put('/root/new', { f: 'three' }, '&source_is_dir=false')).toBe(204);
    expect((await get('/root/new')).entries).toEqual({ new: 'three' });
  });

  test.each([
    ['onto a directory', '/root/there', '/root/there'],
    ['with a slash at the end', '/root/slash/', '/root/slash'],
  ])('puts such a file inside %s', async (_, path, dir) => {
    expect(await put('/root/there', { old: '' })).toBe(204);
    expect(await put(path, { f: 'four' }, '&source_is_dir=false')).toBe(204);
    expect((await get(`${dir}/f`)).entries).toEqual({ f: 'four' });
  });

  test('does not rename one of several files', async () => {
    expect(await put('/root/both', { a: '1', b: '2' }, '&source_is_dir=false')).toBe(204);
    expect((await get('/root/both')).entries).toEqual({ 'both/': null, 'both/a': '1', 'both/b': '2' });
  });

  test('guards the mounts under either name', async () => {
    expect(await put('/tmp', { f: '' }, '&source_is_dir=false')).toBe(400);
    expect(await put('/tmp/f', { f: '' }, '&source_is_dir=false')).toBe(400);
    expect(await put('/', { 'tmp/f': '' }, '&source_is_dir=false')).toBe(400);
  });
});

test('GET files tells what the source is, and names what is in DIR/. from there', async () => {
  await put('/root/tree/sub', { deep: 'x' });
  expect(await get('/root/tree/sub/deep')).toEqual({ entries: { deep: 'x' }, isDirectory: 'false' });
  expect(await get('/root/tree')).toEqual({
    entries: { 'tree/': null, 'tree/sub/': null, 'tree/sub/deep': 'x' },
    isDirectory: 'true',
  });
  expect((await get('/root/tree/.')).entries).toEqual({ './': null, './sub/': null, './sub/deep': 'x' });
});

test('metrics count what was executed in the box itself', async () => {
  const other = (await post('', { rootfs_path: cli.rootfs })).box_id;
  const metrics = async (id: string) =>
    (await (await fetch(`${base}/${id}/metrics`)).json()) as {
      commands_executed_total: number;
      exec_errors_total: number;
    };
  await post(`/${other}/exec`, { command: 'sh', args: exit(0).slice(1) });
  const before = await metrics(box);
  await post(`/${box}/exec`, { command: 'sh', args: exit(0).slice(1) });
  await post(`/${box}/exec`, { command: '/no/such' });
  const after = await metrics(box);
  expect(after.commands_executed_total - before.commands_executed_total).toBe(2);
  expect(after.exec_errors_total - before.exec_errors_total).toBe(1);
  expect(await metrics(other)).toMatchObject({ commands_executed_total: 1, exec_errors_total: 0 });
});
