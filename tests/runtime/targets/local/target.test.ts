import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromCli, fromRest } from '../../../../runtime/normal-form/index.ts';
import type { Session } from '../../../../runtime/ports/session.ts';
import type { Target } from '../../../../runtime/ports/target.ts';
import { bootsPlainBox } from '../../../../runtime/targets/homes.ts';
import { isAlive } from '../../alive.ts';
import { fakeTarget, ownRunsDir } from '../../fixtures/fake-target.ts';

const timeoutMs = 10_000;

async function boxEach(target: Target): Promise<string[]> {
  const session = await target.session('boxes');
  const local = fromCli(await session.cli('cli', ['run', '-d', 'x'], { timeoutMs }), 'id');
  const server = fromRest(
    await session.rest({ method: 'POST', path: '/v1/boxes', json: {} }, { timeoutMs }),
    'created',
  );
  await session.dispose();
  return [local, server].map((seen) => (seen.is === 'done' && seen.id) || JSON.stringify(seen));
}

describe('a target on this machine', () => {
  test('tells its version, and starts from an empty baseline', async () => {
    const { target } = await fakeTarget();
    expect(target.identity).toMatchObject({ target: 'host', version: '0.10.7' });
    expect(await target.baseline()).toEqual([]);
    await target.heartbeat();
  });

  test('the baseline names processes and files of boxes, without pids, and both homes', async () => {
    const { target } = await fakeTarget();
    const [local, server] = await boxEach(target);
    expect((await target.baseline()).sort()).toEqual(
      [
        `path <local>/boxes/${local}`,
        `path <server>/boxes/${server}`,
        `process ${local} 600`,
        `process ${server} 600`,
      ].sort(),
    );
  });

  test('a sweep removes the boxes of both homes and says which', async () => {
    const { target } = await fakeTarget();
    const [local, server] = await boxEach(target);
    expect((await target.sweep()).sort()).toEqual(
      [`box ${local} of the local CLI`, `box ${server} of the server`].sort(),
    );
    expect(await target.baseline([])).toEqual([]);
    expect(await target.sweep()).toEqual([]);
  });

  test.each([
    'leak-process',
    'leak-dir',
  ])('a runtime with %s shows its leak in the baseline, and a sweep clears it', async (flaw) => {
    const { target } = await fakeTarget(flaw);
    await boxEach(target);
    const removed = await target.sweep();
    expect(removed.filter((line) => /^(process|path) /.test(line))).toHaveLength(2);
    expect(await target.baseline()).toEqual([]);
  });

  test('a home whose runtime removes nothing is wiped, and the server runs on', async () => {
    const { target, lines } = await fakeTarget('stuck');
    await boxEach(target);
    expect(await target.sweep()).toEqual(['the whole server home', 'the whole local home']);
    expect(lines.join('\n')).toMatch(/wiping the server home: boxes stay/);
    expect(await target.baseline()).toEqual([]);
    await boxEach(target);
  });

  test('a dead server is started again for the next session, on the same port', async () => {
    const { target, lines } = await fakeTarget();
    const pid = Number(/serve-(\d+)/.exec(Object.keys(await target.logs(0)).join())?.[1]);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => isAlive(pid)).toBe(false);
    const [, server] = await boxEach(target);
    expect(server).toMatch(/^[0-9a-z]{12}$/);
    expect(lines.join()).toContain('is gone; starting another');
    expect(Object.keys(await target.logs(0))).toHaveLength(2);
  });

  test('closing a target leaves no process, no directory and no note, even of a server that ignores SIGINT', async () => {
    const { target, setup } = await fakeTarget('deaf');
    await boxEach(target);
    const [note = ''] = readdirSync(setup.runsDir);
    const { dirs, children } = JSON.parse(readFileSync(`${setup.runsDir}/${note}`, 'utf8'));
    expect(existsSync(dirs[0])).toBe(true);
    await target.close();
    expect(existsSync(dirs[0])).toBe(false);
    expect(isAlive(children[0].pid)).toBe(false);
    expect(readdirSync(setup.runsDir)).toEqual([]);
  });

  test('a plain box boots as a control and is gone afterwards; a session that makes none says so', async () => {
    const { target } = await fakeTarget();
    const session = await target.session('control');
    expect(await bootsPlainBox(session)).toBe(true);
    expect(await target.baseline()).toEqual([]);
    const cli: Session['cli'] = async (via, args, options) =>
      session.cli(via, args[0] === 'run' ? ['no-such-verb'] : args, options);
    expect(await bootsPlainBox({ ...session, cli })).toBe(false);
  });

  test('a binary that is no boxlite is refused by name, and nothing is left', async () => {
    const runsDir = ownRunsDir();
    const opened = fakeTarget('', { command: { file: '/bin/echo', prefixArgs: [] }, runsDir });
    await expect(opened).rejects.toThrow(/\/bin\/echo is no boxlite: .* it printed "echo/);
    expect(readdirSync(runsDir)).toEqual([]);
  });
});
