import { setTimeout as pause } from 'node:timers/promises';
import type { DefectName } from '../../../reference/defects.ts';
import { pack } from '../../../reference/server/tar.ts';
import { boxArchiveNames } from '../../../run/perform/box-archive.ts';
import { exit, print } from '../fake/work.ts';
import { call, create, idOf, plain, type RestProbe } from './over-rest.ts';

/** What a server counts, and what it tells of a box. */
export const counting: RestProbe = async (rest) => {
  const said: unknown[] = [];
  const get = async (path: string) => said.push((await call(rest, 'GET', path)).text);
  const post = (path: string, json: object = {}) => call(rest, 'POST', path, json);
  const id = await create(rest);
  const exec = (command: string, ...args: string[]) => post(`/boxes/${id}/exec`, { command, args });
  await exec(...(print('out', '', 0) as [string]));
  await exec('/no/such');
  await pause(40);
  await get(`/boxes/${id}/metrics`);
  await post(`/boxes/${id}/stop`);
  await post(`/boxes/${id}/start`);
  await get(`/boxes/${id}/metrics`);
  await post(`/boxes/${id}/stop`);
  const job = await create(rest, { cmd: ['/no/such'] });
  await post(`/boxes/${job}/exec`, { command: 'sh' });
  await post(`/boxes/${job}/start`);
  await get('/metrics');
  return said;
};

/** Snapshots, clones and archives. */
export const copying: RestProbe = async (rest) => {
  const said: unknown[] = [];
  const note = async (method: string, path: string, json?: unknown) => {
    const answer = await call(rest, method, path, json);
    const text = plain(answer.text).replaceAll(/[0-9A-Za-z]{12}/g, 'ID');
    said.push([answer.status, text.replaceAll(/"(?:id|created_at|size_bytes)":[^,}]*/g, '')]);
    return answer.text;
  };
  const id = await create(rest, { cmd: exit(3) });
  await call(rest, 'POST', `/boxes/${id}/start`);
  await pause(150);
  const at = `/boxes/${id}/snapshots`;
  for (const name of ['s1', 's1', '.s', 's2']) await note('POST', at, { name });
  await note('DELETE', `${at}/s1`);
  await note('POST', `${at}/s1/restore`);
  await note('GET', at);
  await note('GET', `/boxes/${id}`);
  const cloned = idOf(await note('POST', `/boxes/${id}/clone`, {}));
  await note('POST', `/boxes/${cloned}/exec`, { command: 'sh' });
  await note('DELETE', `/boxes/${id}`);
  await note('POST', '/boxes/import');
  const up = await create(rest);
  await call(rest, 'POST', `/boxes/${up}/start`);
  const file = async (method: 'PUT' | 'GET', name: string) => {
    const path = method === 'PUT' ? '/root' : `/root/${name}`;
    const body = method === 'PUT' ? await pack([{ path: name, kind: 'file', mode: 0o644 }]) : null;
    const answer = await fetch(`${rest.url}/v1/boxes/${up}/files?path=${path}`, { method, body });
    await answer.arrayBuffer();
    said.push(answer.status);
  };
  await file('PUT', 'a');
  await note('POST', `/boxes/${up}/snapshots`, { name: 's1' });
  await note('POST', `/boxes/${up}/snapshots/s1/restore`);
  await file('PUT', 'b');
  await note('POST', `/boxes/${up}/clone`, {});
  const archive = await fetch(`${rest.url}/v1/boxes/${up}/export`, { method: 'POST' });
  said.push(await boxArchiveNames(Buffer.from(await archive.arrayBuffer()).toString('latin1')));
  await call(rest, 'POST', `/boxes/${up}/stop`);
  await file('GET', 'a');
  await call(rest, 'POST', `/boxes/${up}/stop`);
  await call(rest, 'POST', `/boxes/${up}/snapshots/s1/restore`);
  for (const name of ['a', 'b']) await file('GET', name);
  return said;
};

/** What {@link copying} shows. */
export const copied = [
  'snapshot-name-taken-twice',
  'any-snapshot-name-accepted',
  'copies-miss-late-writes',
  'restore-while-running',
  'restore-without-effect',
  'restore-drops-later-snapshots',
  'restore-clears-code',
  'used-snapshot-deleted',
  'clone-keeps-code',
  'clone-takes-disk-away',
  'clone-forgets-command',
  'clone-shown-configured',
  'clone-boots',
  'rm-forgets-clones',
  'export-without-disk',
  'bad-archive-500',
] as const satisfies DefectName[];
