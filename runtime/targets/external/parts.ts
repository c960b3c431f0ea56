import { mkdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { z } from 'zod';
import { which } from '../../../machine/which.ts';
import { askVersion, findBoxlite, imageOf } from '../../doctor/given.ts';
import { localLaunch } from '../../drivers/launch.ts';
import { restClient, type Server } from '../../drivers/rest.ts';
import { jsonOf } from '../../normal-form/broken.ts';
import { configSchema } from '../../normal-form/schemas.ts';
import type { TargetOptions } from '../../ports/target.ts';
import { findSdks } from '../../sdks.ts';

/**
 * Works out what can be driven with the options, and what it says of itself; `root` gets the empty home of the CLI as
 * a client.
 * @throws for missing or wrong options, a dead server, a binary that is no boxlite.
 */
export async function partsOf(options: TargetOptions, root: string) {
  const { url, apiKey, pathPrefix: prefix, home } = options;
  if (url === undefined && home === undefined)
    throw new Error('target external: give a server with --url URL, a home with --home DIR, or both');
  if (home !== undefined && !isAbsolute(home)) throw new Error(`--home ${home}: give an absolute path`);
  const cli = await cliOf(options, root);
  const server = url === undefined ? undefined : { baseUrl: await checkServer(url), apiKey, prefix };
  const local = cli && home !== undefined ? { launch: cli.launch, home } : undefined;
  const remote = cli ? { launch: cli.launch, home: join(root, 'c') } : undefined;
  const version = options.version ?? cli?.version ?? (server ? await serverGeneration(server) : 'unknown');
  const details: Record<string, string> = {
    ...(cli && { boxlite: cli.file }),
    ...(url && { url }),
    ...(home && { home }),
  };
  const { found: sdks } = findSdks(version, options.cacheDir);
  const parts = { image: imageOf(options), deadlineFactor: 1, local, remote, server, sdks };
  return { parts, version, details };
}

/** The CLI; null where none is asked for and none is found: a server can still be driven over REST. */
async function cliOf(options: TargetOptions, root: string) {
  const wanted = options.boxlite !== undefined || options.home !== undefined;
  if (!wanted && which('boxlite') === null) return null;
  const file = findBoxlite(options.boxlite);
  const user = join(root, 'u');
  for (const dir of [user, join(root, 'c')]) mkdirSync(dir);
  const launch = localLaunch({ file, env: { HOME: user } });
  return { file, launch, version: await askVersion(launch, file) };
}

const REACH_MS = 10_000;

/**
 * Checks that a URL is a BoxLite server, by the one route that needs no key (contract 4.1).
 * @returns the URL without a trailing slash.
 * @throws when it is no URL, nobody answers, or something else answers; the message names it.
 */
export async function checkServer(url: string): Promise<string> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new Error(`--url ${url}: not a URL; give http://HOST:PORT of a boxlite serve`);
  }
  const answer = await once({ baseUrl: url }, '/v1/config');
  if (answer.status === 0)
    throw new Error(`--url ${url}: no answer (${answer.err}); is boxlite serve running there?`);
  if (answer.status !== 200 || !jsonOf(configSchema, answer.body)) {
    throw new Error(`--url ${url}: GET /v1/config answered ${answer.status}, not as a BoxLite server does`);
  }
  return url.replace(/\/+$/, '');
}

const numericCode = z.looseObject({ error: z.looseObject({ code: z.number() }) });

/**
 * Gives the contract profile of a server that does not tell its version: `june-2026` when its error codes are numbers
 * (contract 10), else `unknown`, which is judged by the newest profile.
 */
async function serverGeneration(server: Server): Promise<string> {
  const { body } = await once(server, '/v1/boxes/boxcheck-asks-for-no-box');
  return jsonOf(numericCode, body) ? 'june-2026' : 'unknown';
}

async function once(server: Server, path: string) {
  const client = restClient(server);
  return client.request({ method: 'GET', path }, { timeoutMs: REACH_MS }).finally(() => client.close());
}
