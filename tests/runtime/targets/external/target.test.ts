import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startServe } from '../../../../runtime/drivers/serve-process.ts';
import type { TargetOptions } from '../../../../runtime/ports/options.ts';
import { openExternalTarget } from '../../../../runtime/targets/external/target.ts';
import { fakeBoxlite, ownRunsDir } from '../../fixtures/fake-target.ts';
import { httpServer } from '../../fixtures/servers.ts';

const timeoutMs = 10_000;
const apiKey = 'secret';

/** Somebody else's server and home. */
async function theirs() {
  const home = mkdtempSync(join(tmpdir(), 'bx'));
  const command = { file: process.execPath, prefixArgs: [fakeBoxlite] };
  const serve = await startServe({
    ...command,
    env: {},
    home,
    apiKey,
    port: 0,
    readyMs: 10_000,
    onPid: () => {},
  });
  onTestFinished(async () => {
    await serve.end('SIGINT', 2_000);
    rmSync(home, { recursive: true });
  });
  return { url: serve.baseUrl, home };
}

async function opened(options: TargetOptions, log: (line: string) => void = () => {}) {
  const target = await openExternalTarget({ ...options, cacheDir: dirname(ownRunsDir()) }, log);
  onTestFinished(() => target.close());
  return target;
}

const createIn = async (target: Awaited<ReturnType<typeof opened>>) => {
  const session = await target.session('x');
  const answer = await session.rest({ method: 'POST', path: '/v1/boxes', json: {} }, { timeoutMs });
  await session.dispose();
  return JSON.parse(answer.body).box_id as string;
};

describe('the external target', () => {
  test("removes its own boxes, never somebody else's, before or during the run", async () => {
    const { url } = await theirs();
    const other = await opened({ url, apiKey });
    const before = await createIn(other);
    const lines: string[] = [];
    const target = await opened({ url, apiKey }, (line) => lines.push(line));
    const ours = await createIn(target);
    const during = await createIn(other);
    expect(lines).toEqual(['external: 1 boxes are there already; they are left alone']);
    expect(await target.baseline()).toEqual([`box ${ours} of the server`]);
    expect(await target.sweep()).toEqual([`box ${ours} of the server`]);
    expect((await other.baseline()).sort()).toEqual(
      [before, during].map((id) => `box ${id} of the server`).sort(),
    );
    expect(await other.sweep()).toHaveLength(2);
  });

  test('drives what is given and nothing more', async () => {
    const { url, home } = await theirs();
    const server = await opened({ url, apiKey });
    expect([...(await server.session('x')).surfaces]).toEqual(['rest']);
    const both = await opened({ url, apiKey, boxlite: fakeBoxlite });
    expect([...(await both.session('x')).surfaces]).toEqual(['url', 'rest']);
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
