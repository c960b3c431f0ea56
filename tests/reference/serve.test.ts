import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { commandLine, stateIn } from './fake/cli.ts';
import { blob, cat, die, exit, flood, flooded, hold, holdMain, print, runs } from './fake/work.ts';

type CommandLine = ReturnType<typeof commandLine>;
const opened: CommandLine[] = [];
afterEach(async () => {
  for (const cli of opened.splice(0)) await cli.close();
});

function fresh(): CommandLine {
  const cli = commandLine();
  opened.push(cli);
  return cli;
}

async function rest(url: string, method: string, path: string, json?: unknown) {
  const body =
    json === undefined ? {} : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${url}/v1${path}`, { method, ...body });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
}

describe('a server that dies', () => {
  test('leaves detached boxes to the next, which knows no earlier execution', async () => {
    const cli = fresh();
    const first = await cli.serve();
    const make = async (detach: boolean) => {
      const { json } = await rest(first.url, 'POST', '/boxes', {
        rootfs_path: cli.rootfs,
        cmd: holdMain,
        detach,
      });
      await rest(first.url, 'POST', `/boxes/${json.box_id}/start`);
      return json.box_id as string;
    };
    const [kept, owned] = [await make(true), await make(false)];
    const { json } = await rest(first.url, 'POST', `/boxes/${kept}/exec`, {
      command: 'sh',
      args: hold().slice(1),
    });
    expect((await cli.run('ls')).err).toContain('Failed to acquire runtime lock');
    first.child.kill('SIGKILL');
    await once(first.child, 'close');
    const second = await cli.serve();
    expect((await rest(second.url, 'GET', `/boxes/${kept}`)).json).toMatchObject({ status: 'running' });
    expect((await rest(second.url, 'GET', `/boxes/${owned}`)).json.status).toBe('stopped');
    expect(await rest(second.url, 'GET', `/boxes/${kept}/executions/${json.execution_id}`)).toMatchObject({
      status: 404,
      json: { error: { code: 'not_found' } },
    });
    const env = { BOXLITE_REST_URL: second.url };
    expect((await cli.finish(cli.begin(['exec', kept, '--', ...runs], env))).out).toBe('r\n');
  });

  test('in the orderly way gives every attached client an end', async () => {
    const cli = fresh();
    const { child, url } = await cli.serve();
    const { json } = await rest(url, 'POST', '/boxes', { rootfs_path: cli.rootfs, cmd: holdMain });
    await rest(url, 'POST', `/boxes/${json.box_id}/start`);
    const ws = new WebSocket(`${url.replace('http', 'ws')}/v1/boxes/${json.box_id}/attach`);
    await once(ws, 'open');
    child.kill('SIGINT');
    await once(ws, 'close');
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect((await cli.run('ls', '-q')).out).toBe(`${json.box_id}\n`);
  });
});

describe('the CLI as a client', () => {
  test('runs, executes, copies and removes', async () => {
    const cli = fresh();
    const { url } = await cli.serve();
    const remote = (...args: string[]) => cli.finish(cli.begin(args, { BOXLITE_REST_URL: url }));
    const image = ['--rootfs', cli.rootfs];
    const ran = await remote('run', '--rm', ...image, ...print('o\n', 'e\n', 7));
    expect(ran).toMatchObject({ code: 7, out: 'o\n', err: expect.stringContaining('e\n') });
    const id = (await remote('run', '-d', '--name', 'r', ...image, ...holdMain)).out.trim();
    expect((await remote('exec', 'r', '--', ...die(9))).code).toBe(137);
    const much = await remote('exec', 'r', '--', ...flood(1_000_000));
    expect((await remote('exec', 'r', '--', ...blob)).out).toHaveLength(256);
    expect(much.out).toBe(flooded(1_000_000));
    expect(
      (await cli.finish(cli.begin(['exec', '-i', 'r', '--', ...cat], { BOXLITE_REST_URL: url }), 'stdin'))
        .out,
    ).toBe('stdin');
    expect((await remote('run', '-v', '/tmp:/data', ...image, ...exit(0))).err).toContain(
      'host bind mounts are only supported by the local runtime',
    );
    expect((await remote('run', ...image, '-v', 'named:/data', ...exit(0))).err).toContain(
      'managed volumes are not supported by boxlite serve',
    );
    expect((await remote('ls', '-aq')).out).toBe(`${id}\n`);
    const sandbox = (await remote('create', ...image)).out.trim();
    expect(await remote('cp', `${sandbox}:/etc/passwd`, `${cli.dir}/passwd`)).toMatchObject({
      code: 0,
      out: '',
    });
    expect((await remote('cp', `${cli.dir}/passwd`, `${sandbox}:/root/new`)).code).toBe(0);
    expect(stateIn(await remote('inspect', sandbox))).toBe('configured 0');
    expect((await remote('rm', '-f', 'r', sandbox)).out).toBe(`r\n${sandbox}\n`);
  });
});
