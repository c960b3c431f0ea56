import type { Backend, BoxView, CreateRequest, ExecRequest } from '../backend/backend.ts';
import { putBackHeader } from '../server/put-back.ts';
import { createJson } from './create-json.ts';
import { ask, askJson } from './http.ts';
import { openSocket } from './socket.ts';
import { streamOf } from './stream.ts';
import { type BoxJson, viewOfJson } from './view.ts';
import type { ServerAddress } from './wire.ts';

/** The verbs as a client of a server (contract 4.1). */
export function remoteBackend(server: ServerAddress): Backend {
  const at = (typed: string, tail = '') => `/${encodeURIComponent(typed)}${tail}`;
  const post = (typed: string, verb: string) =>
    ask(server, { method: 'POST', path: at(typed, `/${verb}`), json: {} });
  const get = async (typed: string): Promise<BoxView> =>
    viewOfJson(await askJson<BoxJson>(server, { method: 'GET', path: at(typed) }));
  const execute = async (id: string, request: ExecRequest): Promise<string> => {
    const { execution_id } = await askJson<{ execution_id: string }>(server, {
      method: 'POST',
      path: at(id, '/exec'),
      json: execJson(request),
    });
    return at(id, `/executions/${execution_id}`);
  };
  const filesAt = (typed: string, path: string) => at(typed, `/files?path=${encodeURIComponent(path)}`);
  return {
    boxes: async () =>
      (await askJson<{ boxes: BoxJson[] }>(server, { method: 'GET', path: '' })).boxes.map(viewOfJson),
    box: get,
    create: async (request) =>
      (await askJson<BoxJson>(server, { method: 'POST', path: '', json: createJson(request) })).box_id,
    start: async (typed) => void (await post(typed, 'start')),
    stop: async (typed) => void (await post(typed, 'stop')),
    remove: async (typed, force) => {
      await ask(server, { method: 'DELETE', path: at(typed, force ? '?force=true' : '') });
    },
    runAttached: async (id, _request: CreateRequest, sink) => {
      const line = await openSocket(server, at(id, '/attach'));
      const container = line.head.headers.get('x-boxlite-execution-id') ?? '';
      const stream = streamOf(server, at(id, `/executions/${container}`), line, sink);
      await post(id, 'start').catch((error: unknown) => {
        line.close();
        throw error;
      });
      return stream;
    },
    exec: async (typed, request, sink) => {
      const { id } = await get(typed);
      const execution = await execute(id, request);
      return streamOf(server, execution, await openSocket(server, `${execution}/attach`), sink);
    },
    spawn: async (typed, request) => void (await execute((await get(typed)).id, request)),
    read: async (typed, path) => {
      const headers = { [putBackHeader]: '1' };
      const archive = await ask(server, { method: 'GET', path: filesAt(typed, path), headers });
      return (await import('../server/tar.ts')).unpack(archive, Number.POSITIVE_INFINITY);
    },
    write: async (typed, dir, entries) => {
      const body = await (await import('../server/tar.ts')).pack(entries);
      await ask(server, {
        method: 'PUT',
        path: filesAt(typed, dir),
        body,
        headers: { [putBackHeader]: '1' },
      });
    },
    stats: (typed) => askJson(server, { method: 'GET', path: at(typed, '/metrics') }),
    close: async () => {},
  };
}

/** stdin is left open only for a caller who wants it; `""` means end-of-file at once. */
const execJson = ({ argv: [command, ...args], env, tty, workdir, stdin }: ExecRequest) => ({
  command,
  args,
  env,
  tty,
  ...(workdir === undefined ? {} : { working_dir: workdir }),
  ...(stdin ? {} : { stdin: '' }),
});
