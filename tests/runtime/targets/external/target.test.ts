import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { InfrastructureError } from '../../../../domain/infrastructure-error.ts';
import { readProcess } from '../../../../machine/process.ts';
import { startServe } from '../../../../runtime/drivers/serve-process.ts';
import type { TargetOptions } from '../../../../runtime/ports/target.ts';
import { bootId, reapDeadRuns } from '../../../../runtime/runs/record.ts';
import { findSdks } from '../../../../runtime/sdks.ts';
import { openExternalTarget } from '../../../../runtime/targets/external/target.ts';
import { fakeBoxlite, ownRunsDir } from '../../fixtures/fake-target.ts';
import { httpServer } from '../../fixtures/servers.ts';

const timeoutMs = 10_000;
const apiKey = 'secret';

/** Somebody else's server and home. */
async function theirs() {
  const home = mkdtempSync(join(tmpdir(), 'bx'));
  const setup = { file: process.execPath, prefixArgs: [fakeBoxlite], env: {}, home, apiKey };
  const start = (port: number) => startServe({ ...setup, port, readyMs: 10_000, onPid: () => {} });
  let serve = await start(0);
  const { port, baseUrl: url } = serve;
  const end = () => serve.end('SIGINT', 2_000);
  onTestFinished(async () => {
    await end();
    rmSync(home, { recursive: true });
  });
  const again = async () => {
    serve = await start(port);
  };
  return { url, home, end, again };
}

async function opened(options: TargetOptions, log: (line: string) => void = () => {}) {
  const target = await openExternalTarget({ cacheDir: dirname(ownRunsDir()), ...options }, log);
  onTestFinished(() => target.close());
  return target;
}

const createIn = async (target: Awaited<ReturnType<typeof opened>>) => {
  const session = await target.session('x');
  const answer = await session.rest({ method: 'POST', path: '/v1/boxes', json: {} }, { timeoutMs });
  await session.dispose();
  return JSON.parse(answer.body).box_id as string;
};

const deadNote = (suite: object) => ({
  ...{ format: 1, bootId: bootId(), target: 'external', startedAt: '', suite },
  ...{ children: [], dirs: [] },
});

describe('the external target', () => {
  test("removes its own boxes, never somebody else's, before or during the run", async () => {
    const { url } = await theirs();
    const other = await opened({ url, apiKey });
    const before = await createIn(other);
    const lines: string[] = [];
    const target = await opened({ url, apiKey }, (line) => lines.push(line));
    const ours = await createIn(target);
    const during = await createIn(other);
    expect(lines).toEqual(['external: 1 box there already, left alone']);
    expect(await target.baseline()).toEqual([`box ${ours} of the server`]);
    expect(await target.sweep()).toEqual([`box ${ours} of the server`]);
    expect((await other.baseline()).sort()).toEqual(
      [before, during].map((id) => `box ${id} of the server`).sort(),
    );
    expect(await other.sweep()).toHaveLength(2);
  });

  test('removes exactly the boxes that a run which was killed has made there, by the ids in its note', async () => {
    const { url } = await theirs();
    const other = await opened({ url, apiKey });
    const [theirsToo, left] = [await createIn(other), await createIn(other)];
    const runs = ownRunsDir();
    mkdirSync(runs);
    const leave = (name: string, suite: object, boxes: object) =>
      writeFileSync(join(runs, name), JSON.stringify({ ...deadNote(suite), boxes }));
    const place = `server ${new URL(url).host}/`;
    const gone = { pid: 2 ** 22 - 1, startTicks: 1, what: 'boxcheck' };
    const here = { ...gone, pid: process.pid, startTicks: readProcess(process.pid)?.startTicks };
    leave('killed.json', gone, { [place]: [left, 'gone00000000'], 'server elsewhere/': ['b'] });
    leave('living.json', here, { [place]: [theirsToo] });
    const lines: string[] = [];
    const cacheDir = dirname(runs);
    await reapDeadRuns(() => {}, { cacheDir });
    const target = await opened({ url: `${url}/`, apiKey, cacheDir }, (line) => lines.push(line));
    expect(lines).toEqual([
      `external: left by a boxcheck that was killed: removed box ${left} of the server`,
      'external: 1 box there already, left alone',
    ]);
    expect(await other.baseline()).toEqual([`box ${theirsToo} of the server`]);
    const own = await createIn(target);
    const boxesOf = (name: string) => JSON.parse(readFileSync(join(runs, name), 'utf8')).boxes;
    const [note = ''] = readdirSync(runs).filter((name) => name.startsWith(`${process.pid}-`));
    expect(boxesOf(note)[place]).toEqual([own]);
    expect(boxesOf('killed.json')).toEqual({ 'server elsewhere/': ['b'] });
    expect(boxesOf('living.json')[place]).toEqual([theirsToo]);
  });

  test('an outage is infrastructure: it is waited for, and then what was left is removed', async () => {
    const { url, end, again } = await theirs();
    const target = await opened({ url, apiKey });
    const box = await createIn(target);
    await end();
    for (const ask of [target.heartbeat, target.baseline, target.sweep])
      await expect(ask()).rejects.toThrow(InfrastructureError);
    expect(target.isInfrastructure?.('tcp connect error: Connection refused (os error 111)')).toBe(true);
    const back = new Promise((resolve) => setTimeout(resolve, 1_000)).then(again);
    await Promise.all([target.recover(), back]);
    await target.heartbeat();
    const lines: string[] = [];
    await opened({ url, apiKey }, (line) => lines.push(line));
    expect(lines, `box ${box} is not there any more`).toEqual([]);
  });

  test('an outage behind a proxy is one too, whatever the proxy answers', async () => {
    let status = 200;
    const body = (url = ''): object => (url.includes('config') ? { capabilities: {} } : { boxes: [] });
    const { baseUrl } = await httpServer(({ url }, response) => {
      response.writeHead(status).end(status === 200 ? JSON.stringify(body(url)) : '<html>');
    });
    const target = await opened({ url: baseUrl, apiKey });
    await target.heartbeat();
    for (status of [502, 503, 504]) await expect(target.heartbeat()).rejects.toThrow(InfrastructureError);
    status = 200;
    await target.heartbeat();
  });

  test('drives what is given and nothing more', async () => {
    const { url, home } = await theirs();
    const sdks = Object.keys(findSdks('0.10.7', dirname(ownRunsDir())).found);
    const server = await opened({ url, apiKey });
    expect([...(await server.session('x')).surfaces]).toEqual(['rest', ...sdks]);
    const both = await opened({ url, apiKey, boxlite: fakeBoxlite });
    expect([...(await both.session('x')).surfaces]).toEqual(['url', 'rest', ...sdks]);
    expect(both.identity).toMatchObject({ version: '0.10.7', details: { boxlite: fakeBoxlite, url } });
    const local = await opened({ home, boxlite: fakeBoxlite });
    const session = await local.session('x');
    expect([...session.surfaces]).toEqual(['cli']);
    await session.cli('cli', ['run', '-d', 'x'], { timeoutMs });
    expect(await local.sweep()).toHaveLength(1);
  });

  test.each<[string, TargetOptions, RegExp]>([
    ['nothing', {}, /give a server with --url URL, a home with --home DIR/],
    ['no URL', { url: 'localhost:8100' }, /--url localhost:8100: not a URL/],
    ['a dead URL', { url: 'http://127.0.0.1:9' }, /--url http:\/\/127.0.0.1:9: no answer .*ECONNREFUSED/],
    ['a relative home', { home: 'here', boxlite: fakeBoxlite }, /--home here: give an absolute path/],
    ['no binary', { home: '/tmp', boxlite: '/no/such' }, /--boxlite \/no\/such: no executable file there/],
    ['a wrong binary', { home: '/tmp', boxlite: '/bin/true' }, /\/bin\/true is no boxlite/],
  ])('%s is refused with what would be right', async (_, options, message) => {
    await expect(opened(options)).rejects.toThrow(message);
  });

  test('a wrong key and a server of another kind are told apart', async () => {
    const { url } = await theirs();
    await expect(opened({ url, apiKey: 'wrong' })).rejects.toThrow(/refuses the API key \(401 .*--api-key/);
    const { baseUrl } = await httpServer((_, response) => response.end('<html>'));
    await expect(opened({ url: baseUrl })).rejects.toThrow(/not as a BoxLite server does/);
  });
});
