import { join } from 'node:path';
import type { Backend } from '../backend/backend.ts';
import type { ServerAddress } from '../client/http.ts';
import { defect } from '../defects/switch.ts';
import { own } from './own.ts';
import { flagValue, flagValues, type Parsed, UsageError } from './parse.ts';

/** What the global flags and the environment say (contract 1.2). */
export interface Context {
  home: string;
  server: ServerAddress | null;
}

/** Verbs that are not for every home: their own is on this machine. */
const localVerbs: ReadonlySet<string> = new Set(['serve', 'info', 'logs']);

/**
 * Reads flags and environment.
 * @throws UsageError for a relative home, an empty `--url`, or a `--url` for a local verb.
 */
export function contextOf(parsed: Parsed): Context {
  const { env } = own();
  const home = flagValue(parsed, 'home') ?? (env.BOXLITE_HOME || join(env.HOME ?? '/', '.boxlite'));
  if (!home.startsWith('/')) throw new UsageError(`BoxLite home must be an absolute path, got: ${home}`);
  const flag = flagValue(parsed, 'url');
  if (flag === '') throw new UsageError("invalid value '' for '--url <URL>': a URL is needed");
  const isLocal = localVerbs.has(parsed.verb);
  if (isLocal && flag !== undefined)
    throw new UsageError(`--url is not valid for \`boxlite ${parsed.verb}\``);
  const url = flag ?? env.BOXLITE_REST_URL;
  return { home, server: url && !isLocal ? { url, apiKey: env.BOXLITE_API_KEY || undefined } : null };
}

/** Runs a task on the side the command line asks for, and gives it back. Only that side's code is loaded. */
export async function withBackend(
  { home, server }: Context,
  task: (backend: Backend) => Promise<number>,
): Promise<number> {
  const backend = server
    ? (await import('../client/remote.ts')).remoteBackend(server)
    : await (await import('../backend/local.ts')).localBackend(home);
  try {
    return await task(backend);
  } finally {
    await backend.close();
  }
}

/**
 * `-e K=V` as given, `-e K` copied from the caller; a K the caller has not is warned about and skipped
 * (contract 2.2).
 */
export function environmentOf(parsed: Parsed): Record<string, string> {
  const pairs: [string, string][] = [];
  for (const text of flagValues(parsed, 'env')) {
    const equals = text.indexOf('=');
    const key = equals < 0 ? text : text.slice(0, equals);
    const value = equals < 0 ? own().env[key] : text.slice(equals + 1);
    if (value !== undefined) pairs.push([key, value]);
    else own().stderr.write(`warning: Environment variable '${key}' not found on host, skipping\n`);
  }
  const isRepeated = new Set(pairs.map(([key]) => key)).size < pairs.length;
  return Object.fromEntries(isRepeated && defect('first-env-wins') ? pairs.reverse() : pairs);
}
