import type { Backend, CreateRequest, ExecRequest } from '../backend/backend.ts';
import { type BoxJson, plainSpec } from '../core/box.ts';
import { unsupported } from '../core/fault.ts';
import { networkJson } from '../core/network.ts';
import { profile } from '../core/profile.ts';
import { putBackHeader } from '../server/envelope.ts';
import { ask, askJson, type ServerAddress } from './http.ts';
import { openStream } from './socket.ts';

/** The verbs as a client of a server (contract 4.1). */
export function remoteBackend(server: ServerAddress): Backend {
  const at = (typed: string, tail = '') => `/${encodeURIComponent(typed)}${tail}`;
  const post = (typed: string, verb: string) =>
    ask(server, { method: 'POST', path: at(typed, `/${verb}`), json: {} });
  const get = (typed: string) => askJson<BoxJson>(server, { method: 'GET', path: at(typed) });
  const execute = async (id: string, request: ExecRequest): Promise<string> => {
    if (request.user !== undefined && !profile.execUser)
      throw unsupported('the server did not advertise per-exec user capability');
    const { execution_id } = await askJson<{ execution_id: string }>(server, {
      method: 'POST',
      path: at(id, '/exec'),
      json: execJson(request),
    });
    return at(id, `/executions/${execution_id}`);
  };
  const filesAt = (typed: string, path: string) => at(typed, `/files?path=${encodeURIComponent(path)}`);
  return {
    boxes: async () => (await askJson<{ boxes: BoxJson[] }>(server, { method: 'GET', path: '' })).boxes,
    box: get,
    create: async (request) =>
      (await askJson<BoxJson>(server, { method: 'POST', path: '', json: createJson(request) })).box_id,
    start: async (typed) => void (await post(typed, 'start')),
    stop: async (typed) => void (await post(typed, 'stop')),
    remove: async (typed, force) => {
      await ask(server, { method: 'DELETE', path: at(typed, force ? '?force=true' : '') });
    },
    runAttached: async (id) => {
      const stream = await openStream(server, at(id, '/attach'));
      await post(id, 'start').catch((error: unknown) => {
        stream.leave();
        throw error;
      });
      return stream;
    },
    exec: async (typed, request) => {
      const execution = await execute((await get(typed)).box_id, request);
      return openStream(server, `${execution}/attach`);
    },
    spawn: async (typed, request) => void (await execute((await get(typed)).box_id, request)),
    read: async (typed, path) => {
      const archive = await ask(server, { method: 'GET', path: filesAt(typed, path), headers: putBack });
      return (await import('../server/tar.ts')).unpack(archive, Number.POSITIVE_INFINITY);
    },
    write: async (typed, path, entries) => {
      const body = await (await import('../server/tar.ts')).pack(entries);
      const at = `${filesAt(typed, path)}&source_is_dir=${entries[0]?.kind === 'directory'}`;
      await ask(server, { method: 'PUT', path: at, body, headers: putBack });
    },
    setPolicy: async (typed, direction, { outbound, rules }) => {
      const mode = outbound ? 'enabled' : 'disabled';
      const json = { mode, ...(rules.length > 0 ? { allow_net: rules } : {}) };
      await ask(server, { method: 'PUT', path: at(typed, `/network/${direction}`), json });
    },
    stats: (typed) => askJson(server, { method: 'GET', path: at(typed, '/metrics') }),
    console: async () => {
      throw unsupported('the console of a box is on the machine of its server');
    },
    close: async () => {},
  };
}

/** A copy puts a box back as it was found (contract 2.1). */
const putBack = { [putBackHeader]: '1' };

/** Body of POST boxes; what was not asked for is left to the server. */
const createJson = ({
  name,
  source,
  workdir,
  detached,
  tty,
  volumes,
  user,
  entrypoint,
  ...asked
}: CreateRequest) => ({
  ...(name === null ? {} : { name }),
  ...('image' in source ? { image: source.image } : { rootfs_path: source.rootfs }),
  cmd: asked.cmd,
  env: asked.env,
  ...(entrypoint.length === 0 ? {} : { entrypoint }),
  ...(user === '' ? {} : { user }),
  ...hardwareJson(asked),
  working_dir: workdir,
  detach: detached,
  ...(tty ? { tty } : {}),
  ...(volumes.length === 0 ? {} : { volumes }),
});

/** What differs from the smallest. */
const hardwareJson = ({ cpus, memoryMib, diskGb, capabilities, network, ...asked }: Asked) => ({
  ...(cpus === plainSpec.cpus ? {} : { cpus }),
  ...(memoryMib === plainSpec.memoryMib ? {} : { memory_mib: memoryMib }),
  ...(diskGb === plainSpec.diskGb ? {} : { disk_size_gb: diskGb }),
  ...(capabilities.add.length + capabilities.drop.length === 0 ? {} : { advanced: { capabilities } }),
  ...(network.outbound && !network.inbound && network.rules.length === 0
    ? {}
    : { network: networkJson(network) }),
  ...(asked.autoStopS === 0 ? {} : { auto_stop: asked.autoStopS }),
  ...(asked.autoDeleteS === 0 ? {} : { auto_delete: asked.autoDeleteS }),
  ...(asked.autoResume ? {} : { auto_resume: false }),
});

type Asked = Pick<
  CreateRequest,
  'cpus' | 'memoryMib' | 'diskGb' | 'capabilities' | 'network' | 'autoStopS' | 'autoDeleteS' | 'autoResume'
>;

/** stdin is left open only for a caller who wants it; `""` means end-of-file at once. */
const execJson = ({ argv: [command, ...args], env, workdir, user, stdin, tty }: ExecRequest) => ({
  command,
  args,
  env,
  ...(workdir === undefined ? {} : { working_dir: workdir }),
  ...(user === undefined ? {} : { user }),
  ...(tty ? { tty } : {}),
  ...(stdin ? {} : { stdin: '' }),
});
