import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { LabError } from '../../lab/call.ts';
import type { Lab } from '../../lab/index.ts';
import { localLaunch } from '../../runtime/drivers/launch.ts';
import { makeSession } from '../../runtime/drivers/make-session.ts';
import { startServe } from '../../runtime/drivers/serve-process.ts';
import { demandServer } from '../../runtime/targets/lab/server.ts';
import { sweepLab } from '../../runtime/targets/lab/sweep.ts';
import { localHost } from '../../runtime/targets/local/host.ts';
import { fakeBoxlite } from '../runtime/fixtures/fake-target.ts';

const never = () => new AbortController().signal;

/** The fake runtime in the place of the one in the guest; a reset empties its homes, as that of the guest does. */
async function fakeLab(flaws = '') {
  const dir = mkdtempSync(join(tmpdir(), 'bcl'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const homes = [join(dir, 'c'), join(dir, 's')] as const;
  for (const home of homes) mkdirSync(home);
  const boxes = () =>
    homes.flatMap((home) => {
      const folder = join(home, 'boxes');
      return readdirSync(home).length > 0 ? readdirSync(folder).map((id) => `file ${folder}/${id}`) : [];
    });
  const env = { FAKE_FLAWS: flaws };
  const command = { file: process.execPath, prefixArgs: [fakeBoxlite] };
  const [apiKey, readyMs, onPid] = ['secret', 10_000, () => {}] as const;
  const serve = await startServe({ ...command, env, home: homes[1], apiKey, port: 0, readyMs, onPid });
  onTestFinished(async () => void (await serve.end('SIGINT', 2_000)));
  const calls: string[] = [];
  const run: Lab['run'] = async ([program = '']) => {
    calls.push(program);
    if (program === '/opt/boxcheck/reset')
      for (const home of homes) rmSync(join(home, 'boxes'), { recursive: true, force: true });
    if (program === '/opt/boxcheck/reset') for (const home of homes) mkdirSync(join(home, 'boxes'));
    return { exit: 0, out: Buffer.from(boxes().join('\n')), err: Buffer.alloc(0), timedOut: false };
  };
  const session = makeSession({
    image: { image: 'x' },
    deadlineFactor: 1,
    local: { launch: localLaunch({ ...command, env }), home: homes[0] },
    server: { baseUrl: serve.baseUrl, apiKey },
    host: localHost(dir),
  });
  onTestFinished(() => session.dispose());
  await session.cli('cli', ['run', '-d', 'x'], { timeoutMs: 10_000 });
  await session.rest({ method: 'POST', path: '/v1/boxes', json: {} }, { timeoutMs: 10_000 });
  return { lab: { run, serveUrl: () => serve.baseUrl, apiKey, lost: never }, session, calls };
}

test('a sweep of the lab removes the boxes of both homes by the runtime, and says which', async () => {
  const { lab, session, calls } = await fakeLab();
  const removed = await sweepLab(lab, 0, session);
  expect(removed.map((line) => line.replace(/ \w{12} /, ' '))).toEqual([
    'box of the server',
    'box of the local CLI',
  ]);
  expect(await sweepLab(lab, 0, session)).toEqual([]);
  expect(calls).not.toContain('/opt/boxcheck/reset');
});

test('a runtime in the lab that removes nothing is reset, and what was there is told', async () => {
  const { lab, session, calls } = await fakeLab('stuck');
  const removed = await sweepLab(lab, 0, session, 100);
  expect(removed.filter((line) => line.startsWith('by force: file '))).toHaveLength(2);
  expect(calls).toContain('/opt/boxcheck/reset');
  expect(await sweepLab(lab, 0, session)).toEqual([]);
});

test('a server in the lab that does not answer in time is trouble of the lab', async () => {
  const gone = { serveUrl: () => 'http://127.0.0.1:9', apiKey: 'x', lost: never };
  await expect(demandServer(gone, 0, 50)).rejects.toThrow(
    'boxlite serve does not answer in the lab, 0.05 s after',
  );
});

test('a server is not waited for on a machine that is lost', async () => {
  const lost = () => AbortSignal.abort(new LabError('the lab is lost'));
  const gone = { serveUrl: () => 'http://127.0.0.1:9', apiKey: 'x', lost };
  await expect(demandServer(gone, 0, 60_000)).rejects.toThrow('the lab is lost');
});
