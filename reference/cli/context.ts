import { join } from 'node:path';
import type { Backend } from '../backend/backend.ts';
import type { ServerAddress } from '../client/wire.ts';
import { own } from './own.ts';
import { flagValue, type Parsed } from './parse.ts';
import { UsageError } from './usage.ts';

/** What the global flags and the environment say (contract 1.2). */
export interface Context {
  home: string;
  server: ServerAddress | null;
}

/**
 * Reads flags and environment.
 * @throws UsageError for a relative home, an empty `--url`, or a `--url` for `serve`.
 */
export function contextOf(parsed: Parsed): Context {
  const { env } = own();
  const home = flagValue(parsed, 'home') ?? (env.BOXLITE_HOME || join(env.HOME ?? '/', '.boxlite'));
  if (!home.startsWith('/')) throw new UsageError(`BoxLite home must be an absolute path, got: ${home}`);
  const flag = flagValue(parsed, 'url');
  if (flag === '') throw new UsageError("invalid value '' for '--url <URL>': a URL is needed");
  const isServe = parsed.verb === 'serve';
  if (isServe && flag !== undefined) throw new UsageError('--url is not valid for `boxlite serve`');
  const url = flag ?? env.BOXLITE_REST_URL;
  return { home, server: url && !isServe ? { url, apiKey: env.BOXLITE_API_KEY || undefined } : null };
}

/** Runs a task on the side the command line asks for, and gives it back. Only that side's code is loaded. */
export async function withBackend(
  { home, server }: Context,
  task: (backend: Backend) => Promise<number>,
): Promise<number> {
  const backend = server
    ? (await import('../client/remote.ts')).remoteBackend(server)
    : await (await import('../backend/local.ts')).openLocal(home);
  try {
    return await task(backend);
  } finally {
    await backend.close();
  }
}
