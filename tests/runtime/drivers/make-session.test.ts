import { describe, expect, test } from 'vitest';
import type { Launch, LaunchOptions } from '../../../runtime/drivers/launch.ts';
import { makeSession } from '../../../runtime/drivers/make-session.ts';
import { localHost } from '../../../runtime/targets/local/host.ts';
import { cliAnswer } from '../fixtures/cli-answer.ts';
import { httpServer, wsServer } from '../fixtures/servers.ts';

/** A launcher that only writes down what it was asked. */
function notebook() {
  const calls: { args: string[]; options: LaunchOptions }[] = [];
  const launch: Launch = async (args, options) => {
    calls.push({ args, options });
    return cliAnswer({ args });
  };
  return { launch, calls };
}

const base = { image: { image: 'x' }, deadlineFactor: 1, host: localHost() };
const timeoutMs = 5_000;

describe('makeSession', () => {
  test('the local CLI gets its home, the client the URL and the key in its environment', async () => {
    const { launch, calls } = notebook();
    const server = { baseUrl: 'http://s', apiKey: 'k', prefix: 'p' };
    const remote = { launch, home: '/empty' };
    const session = makeSession({ ...base, local: { launch, home: '/h' }, remote, server });
    const answer = await session.cli('cli', ['run', 'x', '--', 'sh'], {
      timeoutMs,
      env: { A: 'b' },
      stdin: 'in',
    });
    await session.cli('url', ['list'], { timeoutMs });
    expect(answer.args).toEqual(['run', 'x', '--', 'sh']);
    expect(calls.map((call) => call.args)).toEqual([
      ['--home', '/h', 'run', 'x', '--', 'sh'],
      ['--home', '/empty', '--url', 'http://s', '--path-prefix', 'p', 'list'],
    ]);
    expect(calls.map((call) => call.options.env)).toEqual([{ A: 'b' }, { BOXLITE_API_KEY: 'k' }]);
    expect(calls[0]?.options).toMatchObject({ stdin: 'in', timeoutMs });
  });

  test('a surface that is not there is an error that names it', async () => {
    const session = makeSession({ ...base, remote: { launch: notebook().launch, home: '/empty' } });
    expect([...session.surfaces]).toEqual([]);
    await expect(session.cli('cli', [], { timeoutMs })).rejects.toThrow("no surface 'cli'");
    await expect(session.cli('url', [], { timeoutMs })).rejects.toThrow("no surface 'url'");
    await expect(session.rest({ method: 'GET', path: '/v1/me' }, { timeoutMs })).rejects.toThrow(
      "no surface 'rest'",
    );
    await expect(session.attach('/v1/x', { timeoutMs })).rejects.toThrow("no surface 'rest'");
  });

  test('dispose ends open sockets and calls under way, and never throws', async () => {
    const ends: number[] = [];
    const attached = await wsServer((socket) => socket.on('close', (code) => ends.push(code)));
    const sockets = makeSession({ ...base, server: attached });
    await sockets.attach('/v1/boxes/b/attach', { timeoutMs });
    await sockets.dispose();
    await expect.poll(() => ends).toEqual([1006]);

    const silent = await httpServer(() => {});
    const calling = makeSession({ ...base, server: silent });
    const call = calling.rest({ method: 'GET', path: '/v1/me' }, { timeoutMs: 60_000 });
    await calling.dispose();
    expect(await call).toMatchObject({ status: 0, timedOut: false });
    await calling.dispose();
  });

  test('dispose frees the host once, however often it is asked', async () => {
    let freed = 0;
    const host = { ...base.host, dispose: async () => void freed++ };
    const session = makeSession({ ...base, host });
    await Promise.all([session.dispose(), session.dispose()]);
    await session.dispose();
    expect(freed).toBe(1);
  });
});
