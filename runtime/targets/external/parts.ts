import { mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { askVersion } from '../../doctor/ask-version.ts';
import { findBoxlite } from '../../doctor/find-boxlite.ts';
import { localLaunch } from '../../drivers/launch.ts';
import type { SessionParts } from '../../drivers/make-session.ts';
import type { TargetOptions } from '../../ports/options.ts';
import { imageOf } from '../image.ts';
import { checkServer, serverGeneration } from './reach.ts';

/** Holds what can be driven with the given options, and what it says of itself. */
export interface ExternalParts {
  parts: Omit<SessionParts, 'host'>;
  version: string;
  details: Record<string, string>;
}

/**
 * Works out surfaces and version from the options; `root` gets the empty home of the CLI as a client.
 * @throws for missing or wrong options, a dead server, a binary that is no boxlite.
 */
export async function partsOf(options: TargetOptions, root: string): Promise<ExternalParts> {
  const { url, apiKey, pathPrefix: prefix, home } = options;
  if (url === undefined && home === undefined)
    throw new Error('target external: give a server with --url URL, a home with --home DIR, or both');
  if (home !== undefined && !isAbsolute(home)) throw new Error(`--home ${home}: give an absolute path`);
  const cli = await cliOf(options, root);
  const server = url === undefined ? undefined : { baseUrl: await checkServer(url), apiKey, prefix };
  const local = cli && home !== undefined ? { launch: cli.launch, home } : undefined;
  const client = cli && { launch: cli.launch, home: join(root, 'c') };
  const remote = client && server ? { ...client, url: server.baseUrl, apiKey, prefix } : undefined;
  const reached = { cli: local, url: remote, rest: server };
  const surfaces = (['cli', 'url', 'rest'] as const).filter((surface) => reached[surface]);
  const version = options.version ?? cli?.version ?? (server ? await serverGeneration(server) : 'unknown');
  return {
    parts: { surfaces, image: imageOf(options), deadlineFactor: 1, local, url: remote, server },
    version,
    details: { ...(cli && { boxlite: cli.file }), ...(url && { url }), ...(home && { home }) },
  };
}

/** The CLI; null where none is asked for and none is found: a server can still be driven over REST. */
async function cliOf(options: TargetOptions, root: string) {
  const wanted = options.boxlite !== undefined || options.home !== undefined;
  const file = await findBoxlite(options.boxlite).catch((error: unknown) => {
    if (wanted) throw error;
    return null;
  });
  if (file === null) return null;
  const user = join(root, 'u');
  for (const dir of [user, join(root, 'c')]) mkdirSync(dir);
  const launch = localLaunch({ file, env: { HOME: user } });
  return { file, launch, version: await askVersion(launch, file) };
}
