import { dirname } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { argvOf } from '../../../commands/work.ts';
import { fromAttach, fromCli, fromFrames, fromRest } from '../../../runtime/normal-form/index.ts';
import { openReferenceTarget } from '../../../runtime/targets/reference.ts';
import { ownRunsDir } from '../fixtures/fake-target.ts';

const timeoutMs = 15_000;

test.each([
  false,
  true,
])('the reference is driven over all three surfaces and leaves nothing, with a resident CLI: %s', async (resident) => {
  const target = await openReferenceTarget({ resident, cacheDir: dirname(ownRunsDir()) }, () => {});
  onTestFinished(() => target.close());
  expect(target.identity.target).toBe('reference');
  expect(target.identity.details.runtime).toContain('not BoxLite');
  const settled = await target.baseline();
  const session = await target.session('life');
  const rootfs = 'rootfs' in session.image ? session.image.rootfs : '';

  const work = argvOf({ do: 'print', out: 'out', err: 'err', code: 7 });
  const made = fromCli(
    await session.cli('cli', ['run', '-d', '--rootfs', rootfs, ...argvOf({ do: 'hold', out: '' })], {
      timeoutMs,
    }),
    'id',
  );
  const id = made.is === 'done' ? (made.id ?? '') : JSON.stringify(made);
  const ran = fromCli(await session.cli('cli', ['exec', id, '--', ...work], { timeoutMs }), 'ended');
  expect(ran).toEqual({ is: 'ended', code: 7, out: 'out', err: 'err' });

  const json = { rootfs_path: rootfs, cmd: argvOf({ do: 'hold', out: '' }) };
  const created = fromRest(
    await session.rest({ method: 'POST', path: '/v1/boxes', json }, { timeoutMs }),
    'created',
  );
  const box = created.is === 'done' ? created.id : JSON.stringify(created);
  const started = await session.rest({ method: 'POST', path: `/v1/boxes/${box}/start` }, { timeoutMs });
  expect(fromRest(started, 'acted')).toMatchObject({ is: 'done', box: { id: box, status: 'running' } });
  const listed = fromCli(await session.cli('url', ['list', '--format', 'json'], { timeoutMs }), 'list');
  expect(listed).toMatchObject({ is: 'boxes', boxes: [{ id: box, status: 'running' }] });

  const path = `/v1/boxes/${box}/exec`;
  const exec = await session.rest(
    { method: 'POST', path, json: { command: 'sh', args: work.slice(1) } },
    { timeoutMs },
  );
  const execution = JSON.parse(exec.body).execution_id;
  const attached = await session.attach(`/v1/boxes/${box}/executions/${execution}/attach`, { timeoutMs });
  if (!('socket' in attached)) throw new Error(JSON.stringify(fromAttach(attached)));
  for (let tries = 0; !attached.socket.closed() && tries < 50; tries++) await attached.socket.changed(200);
  const stream = fromFrames(attached.socket.frames(), attached.socket.closed());
  expect(stream).toMatchObject({ is: 'stream', out: 'out', err: 'err', exit: 7 });
  const bogus = await session.attach(`/v1/boxes/${box}/executions/nobody/attach`, { timeoutMs });
  expect(fromAttach(bogus)).toMatchObject({ is: 'refused', status: 404, code: 'not_found' });

  expect((await target.baseline()).length).toBeGreaterThan(settled.length);
  await session.dispose();
  expect(await target.sweep()).toHaveLength(2);
  expect(await target.baseline(settled)).toEqual(settled);
});
