import { type Sdk, surfaceSchema } from '../../domain/surface.ts';
import { withoutKeys } from '../../files/secret.ts';
import type { AttachSocket, CallOptions, Host, SdkClient, Session } from '../ports/session.ts';
import { attach } from './attach.ts';
import type { Launch } from './launch.ts';
import { type RestClient, restClient, type Server } from './rest.ts';
import { sdkClient } from './sdk/client.ts';
import type { SdkProgram } from './sdk/process.ts';

/**
 * Holds what a session is made of. A surface is there when its part is: `cli` local, `url` remote and the server, `rest`
 * the server, an SDK its driver and the server, the one in local mode its driver and a home.
 */
export interface SessionParts extends Pick<Session, 'image' | 'deadlineFactor' | 'restartServer'> {
  /** Local CLI: how it is started and the absolute path of its home. */
  local?: { launch: Launch; home: string } | undefined;
  /** CLI as a client: an empty home of its own, so that no stored profile has a say. */
  remote?: { launch: Launch; home: string } | undefined;
  server?: Server | undefined;
  /** The SDKs that are on this machine: how their drivers are started. */
  sdks?: Partial<Readonly<Record<Exclude<Sdk, 'local-sdk'>, SdkProgram>>> | undefined;
  /** The SDK in local mode: how its driver is started where the runtime is, and the absolute path of its home. */
  localSdk?: { program: SdkProgram; home: string } | undefined;
  /** Ends every call once the machine is lost. */
  lost?: AbortSignal | undefined;
  host: Host & { dispose?(): Promise<void> };
}

/** Gives the arguments and environment in front of a verb on one CLI surface; global flags come before the verb. */
function globalFlags({ local, remote, server }: SessionParts, surface: 'cli' | 'url') {
  const env: Record<string, string> = {};
  if (surface === 'cli') {
    if (!local) throw noSurface('cli');
    return { launch: local.launch, flags: ['--home', local.home], env };
  }
  if (!remote || !server) throw noSurface('url');
  const { baseUrl, apiKey, prefix } = server;
  const flags = ['--home', remote.home, '--url', baseUrl, ...(prefix ? ['--path-prefix', prefix] : [])];
  if (apiKey !== undefined) env.BOXLITE_API_KEY = apiKey;
  return { launch: remote.launch, flags, env };
}

/**
 * Makes the session of one program. Calls on a surface that is not there reject with an error that names it. The
 * local CLI locks its home (contract 1.3): two local calls at once are the caller's choice, not queued here.
 */
export function makeSession(parts: SessionParts): Session {
  const { image, deadlineFactor, host, restartServer } = parts;
  const reached = {
    cli: parts.local,
    url: parts.remote && parts.server,
    rest: parts.server,
    sdk: parts.server && parts.sdks?.sdk,
    'node-sdk': parts.server && parts.sdks?.['node-sdk'],
    'local-sdk': parts.localSdk,
  };
  const surfaces = surfaceSchema.options.filter((surface) => reached[surface]);
  const ended = new AbortController();
  const sockets = new Set<AttachSocket>();
  let client: RestClient | undefined;
  const within = <T extends CallOptions>(options: T): T => ({
    ...options,
    signal: AbortSignal.any([options.signal, ended.signal, parts.lost].filter((one) => one !== undefined)),
  });
  const server = (): Server => {
    if (!parts.server) throw noSurface('rest');
    return parts.server;
  };
  const sdks = new Map<Sdk, SdkClient>();
  const clientOf = (via: Sdk): SdkClient => {
    const { localSdk } = parts;
    if (via === 'local-sdk' && localSdk)
      return sdkClient(localSdk.program, { method: 'open', home: localSdk.home });
    const program = via === 'local-sdk' ? undefined : parts.sdks?.[via];
    if (!program) throw noSurface(via);
    const { baseUrl: url, apiKey: key, prefix } = server();
    return sdkClient(program, { method: 'connect', url, key, prefix: prefix || undefined });
  };
  const sdkOf = (via: Sdk): SdkClient => {
    const client = sdks.get(via) ?? clientOf(via);
    sdks.set(via, client);
    return client;
  };
  // Once: the end of a program and the end of its run both ask, and in the lab each costs a call over ssh.
  let disposed: Promise<void> | undefined;
  const dispose = async (): Promise<void> => {
    ended.abort();
    const ends = [...sockets].map((socket) => socket.drop());
    const clients = [...sdks.values()].map((one) => one.drop());
    await Promise.allSettled([...ends, ...clients, client?.close(), host.dispose?.()]);
  };
  return {
    ...{ surfaces: new Set(surfaces), image, deadlineFactor, host },
    cli: async (surface, args, options) => {
      const { launch, flags, env } = globalFlags(parts, surface);
      const whole = { ...within(options), env: { ...env, ...options.env } };
      const answer = await launch([...flags, ...args], whole);
      return { ...answer, out: withoutKeys(answer.out), err: withoutKeys(answer.err), args };
    },
    rest: async (request, options) => {
      client ??= restClient(server());
      return client.request(request, within(options));
    },
    attach: async (path, options) => {
      const answer = await attach(server(), path, within(options));
      if ('socket' in answer) sockets.add(answer.socket);
      return answer;
    },
    sdk: (via) => {
      const { call, attach: attachBy, drop } = sdkOf(via);
      return {
        call: (request, options) => call(request, within(options)),
        attach: (request, options) => attachBy(request, within(options)),
        drop,
      };
    },
    ...(restartServer && {
      restartServer: async (how, options) => {
        // Connections that are kept open would end with it, and the next request would meet their end.
        await client?.close();
        client = undefined;
        return restartServer(how, within(options));
      },
    }),
    dispose: () => (disposed ??= dispose()),
  };
}

const noSurface = (surface: string) =>
  new Error(`this target has no surface '${surface}': draw steps only for the surfaces its session names`);
