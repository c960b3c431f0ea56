import { join } from 'node:path';
import type { Backend } from '../backend/backend.ts';
import type { ServerAddress } from '../client/wire.ts';
import { profile } from '../core/profile.ts';
import { own } from './own.ts';
import { flagValue, type Parsed } from './parse.ts';
import { UsageError } from './usage.ts';

/** What the global flags and the environment say (contract 1.2). */
export interface Context {
  home: string;
  server: ServerAddress | null;
}

/** Verbs that exist only on the machine of the home. */
const localVerbs = new Set(['logs', 'serve']);

/**
 * Reads flags and environment.
 * @throws UsageError for a relative home, an empty `--url`, or a `--url` the verb cannot use.
 */
export function contextOf(parsed: Parsed, env: NodeJS.ProcessEnv = own().env): Context {
  const home = flagValue(parsed, 'home') ?? (env.BOXLITE_HOME || join(env.HOME ?? '/', '.boxlite'));
  if (!home.startsWith('/')) throw relativeHome(home);
  const flag = flagValue(parsed, 'url');
  if (flag === '') throw new UsageError("invalid value '' for '--url <URL>': a URL is needed");
  if (localVerbs.has(parsed.verb)) {
    if (flag !== undefined && profile.checksGlobalFlags)
      throw new UsageError(`--url is not valid for \`boxlite ${parsed.verb}\``);
    return { home, server: null };
  }
  const url = flag ?? env.BOXLITE_REST_URL;
  if (!url) return { home, server: null };
  const prefix = flagValue(parsed, 'path-prefix') ?? env.BOXLITE_REST_PATH_PREFIX ?? '';
  return { home, server: { url, apiKey: env.BOXLITE_API_KEY || undefined, prefix } };
}

const relativeHome = (home: string) =>
  profile.relativeHomeExit === 2
    ? new UsageError(`BoxLite home must be an absolute path, got: ${home}`)
    : new UsageError('home_dir must be absolute path', 1);

/** Opens the side the command line asks for; only that side's code is loaded. */
export async function openBackend(context: Context): Promise<Backend> {
  if (context.server) return (await import('../client/remote.ts')).remoteBackend(context.server);
  return (await import('../backend/local.ts')).openLocal(context.home);
}
