import { z } from 'zod';
import { restClient } from '../../drivers/rest.ts';
import type { Server } from '../../drivers/server.ts';
import { jsonOf } from '../../normal-form/broken.ts';
import { configSchema } from '../../normal-form/schemas.ts';

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
export async function serverGeneration(server: Server): Promise<string> {
  const { body } = await once(server, '/v1/boxes/boxcheck-asks-for-no-box');
  return jsonOf(numericCode, body) ? 'june-2026' : 'unknown';
}

async function once(server: Server, path: string) {
  const client = restClient(server);
  try {
    return await client.request({ method: 'GET', path }, { timeoutMs: REACH_MS });
  } finally {
    await client.close();
  }
}
