import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import WebSocket from 'ws';
import { openRuntime } from '../../../reference/core/open.ts';
import type { Runtime } from '../../../reference/core/runtime.ts';
import { httpServer } from '../../../reference/server/http.ts';
import { newApp } from '../../../reference/server/life.ts';
import { scratchHome } from './home.ts';
import { fakeHypervisor } from './hypervisor.ts';

// A server of its own for every test file that imports this.
export let base = '';
let runtime: Runtime;
let server: ReturnType<typeof httpServer>;
export const place = scratchHome();
const machine = fakeHypervisor();

beforeAll(async () => {
  runtime = await openRuntime(place.home, machine.connect);
  server = httpServer(await newApp(runtime, undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await runtime.close();
  place[Symbol.dispose]();
});

/** One request; the answer's status and JSON. */
export async function call(method: string, path: string, json?: unknown) {
  const body =
    json === undefined ? {} : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`http://${base}/v1${path}`, { method, ...body });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
}

/** A new box; its id. */
export const create = async (fields: object = {}): Promise<string> =>
  (await call('POST', '/boxes', { rootfs_path: place.rootfs, ...fields })).json.box_id;

export interface Attached {
  frames: (string | Buffer)[];
  closed: Promise<number>;
  ws: WebSocket;
}

/** An attach; the status where it was refused. */
export function attach(path: string): Promise<Attached | number> {
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

/** An attach that must get in. */
export async function attached(path: string): Promise<Attached> {
  const got = await attach(path);
  if (typeof got === 'number') throw new Error(`attach refused: ${got}`);
  return got;
}
