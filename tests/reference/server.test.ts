import { beforeAll, describe, expect, test } from 'vitest';
import { attach, attached, base, call, create } from './fake/served.ts';

describe('life of a box', () => {
  test('created, started, stopped, removed', async () => {
    const id = await create({ name: 'a b/c', cmd: ['hold'] });
    expect(await call('GET', `/boxes/${encodeURIComponent('a b/c')}`)).toMatchObject({
      status: 200,
      json: { box_id: id, status: 'configured' },
    });
    expect(await call('POST', `/boxes/${id}/start`)).toMatchObject({
      status: 200,
      json: { status: 'running' },
    });
    expect(await call('DELETE', `/boxes/${id}`)).toMatchObject({
      status: 409,
      json: { error: { code: 'invalid_state' } },
    });
    expect(await call('POST', `/boxes/${id.slice(0, 6)}/stop`)).toMatchObject({
      status: 200,
      json: { status: 'stopped', exit_code: 137 },
    });
    expect((await call('DELETE', `/boxes/${id}`)).status).toBe(204);
    expect(await call('GET', `/boxes/${id}`)).toMatchObject({
      status: 404,
      json: { error: { type: 'NotFoundError', code: 'not_found' } },
    });
  });

  test('one that is called import is found by every route of a box', async () => {
    const id = await create({ name: 'import', cmd: ['hold'] });
    expect(await call('GET', '/boxes/import')).toMatchObject({ status: 200, json: { box_id: id } });
    expect((await call('HEAD', '/boxes/import')).status).toBe(204);
    expect((await call('POST', '/boxes/import/start')).status).toBe(200);
    expect((await call('DELETE', '/boxes/import')).status).toBe(409);
    expect((await call('DELETE', '/boxes/import?force=true')).status).toBe(204);
    expect((await call('GET', '/boxes/import')).status).toBe(404);
  });

  test('a main command that ends leaves its code', async () => {
    const id = await create({ cmd: ['say', 'hi', '7'] });
    const { frames, closed } = await attached(`/boxes/${id}/attach`);
    expect((await call('POST', `/boxes/${id}/start`)).status).toBe(200);
    await closed;
    expect(frames).toEqual([Buffer.from('\x01hi'), '{"type":"exit","exit_code":7}']);
    expect((await call('GET', `/boxes/${id}`)).json).toMatchObject({ status: 'stopped', exit_code: 7 });
  });

  test('a missing main binary makes the box Failed and ends who waits', async () => {
    const id = await create({ cmd: ['/no/such'] });
    const { closed } = await attached(`/boxes/${id}/attach`);
    expect(await call('POST', `/boxes/${id}/start`)).toMatchObject({
      status: 400,
      json: { error: { code: 'invalid_argument' } },
    });
    await closed;
    expect((await call('GET', `/boxes/${id}`)).json.status).toBe('failed');
  });
});

describe('executions', () => {
  test('output, code, and reattach after the end', async () => {
    const id = await create();
    const { json } = await call('POST', `/boxes/${id}/exec`, { command: 'say', args: ['x', '3'] });
    for (let i = 0; i < 2; i++) {
      const { frames, closed } = await attached(`/boxes/${id}/executions/${json.execution_id}/attach`);
      await closed;
      expect(frames).toEqual([Buffer.from('\x01x'), '{"type":"exit","exit_code":3}']);
    }
    expect((await call('GET', `/boxes/${id}/executions/${json.execution_id}`)).json).toMatchObject({
      status: 'completed',
      exit_code: 3,
    });
  });

  test('one client at a time, and KILL ends it', async () => {
    const id = await create();
    const { json } = await call('POST', `/boxes/${id}/exec`, { command: 'cat' });
    const path = `/boxes/${id}/executions/${json.execution_id}`;
    const first = await attached(`${path}/attach`);
    expect(await attach(`${path}/attach`)).toBe(409);
    first.ws.send(Buffer.from('hello'));
    await expect.poll(() => first.frames.length).toBe(1);
    expect((await call('DELETE', path)).status).toBe(204);
    await first.closed;
    expect(first.frames).toEqual([Buffer.from('\x01hello'), '{"type":"exit","exit_code":-9}']);
    expect((await call('GET', path)).status).toBe(404);
  });
});

/** Method, path (`BOX` is a configured job box, `E` an execution of a sandbox box), body, status, code. */
type Row = [method: string, path: string, json: unknown, status: number, code: string];

const refused: Row[] = [
  ['GET', '/nope', undefined, 404, 'not_found'],
  ['PATCH', '/boxes', undefined, 405, 'unsupported'],
  ['GET', '/volumes/x', undefined, 400, 'unsupported'],
  ['GET', '/boxes/nope', undefined, 404, 'not_found'],
  // A per cent sign that begins no escape stands for itself.
  ['GET', '/boxes/%zz', undefined, 404, 'not_found'],
  ['GET', '/boxes/%ff', undefined, 400, 'invalid_argument'],
  ['POST', '/boxes/nope/start', undefined, 404, 'not_found'],
  ['POST', '/boxes', { nope: 1 }, 400, 'invalid_argument'],
  ['POST', '/boxes', { cmd: 'sh' }, 400, 'invalid_argument'],
  ['POST', '/boxes', { cpus: 0 }, 400, 'invalid_argument'],
  ['POST', '/boxes', [], 400, 'invalid_argument'],
  ['POST', '/boxes', { image: 'a', rootfs_path: '/b' }, 400, 'invalid_argument'],
  ['POST', '/boxes', { volumes: [{}] }, 400, 'invalid_argument'],
  ['POST', '/boxes', { auto_stop: 5, auto_delete: 5 }, 400, 'invalid_argument'],
  ['POST', '/boxes', { name: 'taken' }, 400, 'invalid_argument'],
  ['DELETE', '/boxes/BOX?force=yes', undefined, 400, 'invalid_argument'],
  ['POST', '/boxes/BOX/exec', { command: 'hold' }, 409, 'invalid_state'],
  ['POST', '/boxes/BOX/exec', {}, 400, 'invalid_argument'],
  ['POST', '/boxes/BOX/exec', { command: 'hold', timeout_seconds: -1 }, 400, 'invalid_argument'],
  ['GET', '/boxes/BOX/metrics', undefined, 409, 'invalid_state'],
  ['GET', '/boxes/BOX/files?path=/root', undefined, 409, 'invalid_state'],
  ['GET', '/boxes/BOX/files?path=/tmp/x', undefined, 400, 'unsupported'],
  ['GET', '/boxes/BOX/files?path=', undefined, 400, 'invalid_argument'],
  ['GET', '/boxes/BOX/files?path=/a/../b', undefined, 400, 'invalid_argument'],
  ['GET', '/boxes/BOX/executions/x', undefined, 404, 'not_found'],
  ['GET', '/boxes/BOX/executions/x/attach', undefined, 404, 'not_found'],
  ['GET', '/boxes/BOX/attach', undefined, 400, 'invalid_argument'],
  ['DELETE', '/boxes/BOX/executions/%2F%00', undefined, 404, 'not_found'],
  ['POST', 'E/signal', { signal: 9 }, 400, 'invalid_argument'],
  ['POST', 'E/signal', { signal: 'x' }, 400, 'invalid_argument'],
  ['POST', 'E/resize', { cols: 0, rows: 1 }, 400, 'invalid_argument'],
];

describe('refusals', () => {
  let job = '';
  let execution = '';
  beforeAll(async () => {
    job = await create({ name: 'taken', cmd: ['hold'] });
    const sandbox = await create();
    const { json } = await call('POST', `/boxes/${sandbox}/exec`, { command: 'hold' });
    execution = `/boxes/${sandbox}/executions/${json.execution_id}`;
  });

  test.each(refused)('%s %s %j: %i %s', async (method, path, json, status, code) => {
    const before = (await call('GET', '/boxes')).json;
    const answer = await call(method, path.replace('BOX', job).replace(/^E/, execution), json);
    const error = {
      message: expect.any(String),
      type: expect.stringMatching(/Error$/),
      code,
      request_id: expect.any(String),
    };
    expect(answer).toEqual({ status, json: { error } });
    expect((await call('GET', '/boxes')).json).toEqual(before);
  });

  test.each([
    ['application/json', 400],
    ['text/plain', 415],
  ])('a body of type %s that is no JSON: %i', async (type, status) => {
    const asked = { method: 'POST', body: '{', headers: { 'content-type': type } };
    expect((await fetch(`http://${base}/v1/boxes`, asked)).status).toBe(status);
  });

  test('HEAD tells whether there is a box', async () => {
    const head = async (id: string) =>
      (await fetch(`http://${base}/v1/boxes/${id}`, { method: 'HEAD' })).status;
    expect([await head(job), await head('nope')]).toEqual([204, 404]);
  });

  test('a stdin parameter that is none', async () => {
    expect(await attach(`${execution}/attach?stdin=x`)).toBe(400);
    expect(await attach('/boxes/nope/attach?stdin=x')).toBe(400);
    expect(await attach('/boxes/nope/attach')).toBe(404);
  });
});
