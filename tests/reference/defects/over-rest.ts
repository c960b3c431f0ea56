import { setTimeout as pause } from 'node:timers/promises';
import WebSocket from 'ws';
import type { Runtime } from '../../../reference/core/runtime.ts';

/** A server in this process, on a home that is fresh for each probe. */
export interface Rest {
  url: string;
  rootfs: string;
  dir: string;
  runtime: Runtime;
  /** Opens the home anew, as the next server would after one that ended in this way. */
  reopen(end: 'interrupted' | 'killed'): Promise<Runtime>;
}

/** A short life over REST; what it gives must differ when one of its defects is on. */
export type RestProbe = (rest: Rest) => Promise<unknown>;

/** An id of an execution. */
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]{21}/g;

/** One request, without the headers of its answer. */
export async function call({ url }: Rest, method: string, path: string, json?: unknown) {
  const body =
    json === undefined ? {} : { body: JSON.stringify(json), headers: { 'content-type': 'application/json' } };
  const answer = await fetch(`${url}/v1${path}`, { method, ...body });
  const text = await answer.text();
  return { status: answer.status, type: answer.headers.get('content-type'), text };
}

/** The id in an answer. */
export const idOf = (text: string): string => JSON.parse(text).box_id ?? JSON.parse(text).execution_id;
/** Makes a box, and tells its id. */
export const create = async (rest: Rest, fields: object = {}) =>
  idOf((await call(rest, 'POST', '/boxes', { rootfs_path: rest.rootfs, ...fields })).text);
/** A text without what differs every time. */
export const plain = (text: string) =>
  text
    .replace(uuid, 'E')
    .replace(/"(?:created|updated)_at":"[^"]*"/g, '')
    .replace(/"pid":\d+/, '"pid":1');

/** Everything one attach receives, as text, until it is closed or `limitMs` has passed. */
export async function listen(
  { url }: Rest,
  path: string,
  act: (ws: WebSocket) => unknown = () => {},
  limitMs = 250,
) {
  const ws = new WebSocket(`${url.replace('http', 'ws')}/v1${path}`);
  const frames: string[] = [];
  ws.on('message', (data) => void frames.push(data.toString()));
  const opened = new Promise<void>((resolve) => ws.on('open', resolve));
  const ended = new Promise<string>((resolve) => {
    ws.on('unexpected-response', (_request, response) => {
      response.resume();
      resolve(`refused ${response.statusCode}`);
    });
    ws.on('close', (code) => resolve(`closed ${code}`));
    ws.on('error', () => {});
    ws.on('open', () => act(ws));
  });
  // An attach may boot a VM first, which takes its time on a busy machine.
  const how = await Promise.race([ended, opened.then(() => pause(limitMs, 'open'))]);
  return { ws, frames, how };
}

/** What it has received, and how it ended. */
export const seen = ({ frames, how }: Awaited<ReturnType<typeof listen>>) => [frames.join(''), how];
