import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { closeRuntime, openRuntime } from '../../reference/core/open.ts';
import type { Runtime } from '../../reference/core/runtime.ts';
import { newApp } from '../../reference/server/app.ts';
import { httpServer } from '../../reference/server/http.ts';
import { scratchHome } from './fake/home.ts';
import { fakeHypervisor } from './fake/hypervisor.ts';

let base = '';
let runtime: Runtime;
let server: ReturnType<typeof httpServer>;
const place = scratchHome();
const machine = fakeHypervisor();

beforeAll(async () => {
  runtime = await openRuntime(place.home, machine);
  server = httpServer(await newApp(runtime, undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await closeRuntime(runtime);
  place[Symbol.dispose]();
});

async function call(method: string, path: string, json?: unknown) {
  const body =
    json === undefined ? {} : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`http://${base}/v1${path}`, { method, ...body });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
}

const create = async (fields: object = {}): Promise<string> =>
  (await call('POST', '/boxes', { rootfs_path: place.rootfs, ...fields })).json.box_id;

interface Attached {
  frames: (string | Buffer)[];
  closed: Promise<number>;
  ws: WebSocket;
}

function attach(path: string): Promise<Attached | number> {
  const ws = new WebSocket(`ws://${base}/v1${path}`);
  const frames: (string | Buffer)[] = [];
  const closed = new Promise<number>((resolve) => ws.on('close', resolve));
  ws.on('message', (data, binary) => void frames.push(binary ? (data as Buffer) : data.toString()));
  return new Promise((resolve, reject) => {
    ws.on('open', () => resolve({ frames, closed, ws }));
    ws.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    ws.on('error', reject);
  });
}

async function attached(path: string): Promise<Attached> {
  const got = await attach(path);
  if (typeof got === 'number') throw new Error(`attach refused: ${got}`);
  return got;
}

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
