import { mkdirSync } from 'node:fs';
import { removePath } from '../../../machine/files.ts';
import type { RestClient } from '../../drivers/rest.ts';
import { restClient } from '../../drivers/rest.ts';
import { fromRest } from '../../normal-form/index.ts';
import type { Baseline } from '../../ports/target.ts';
import { forceAway, leftovers } from './leftovers.ts';
import { endServe, ensureServe, type LocalRuntime, placesOf } from './local-runtime.ts';
import { removeTrace, traces } from './trace.ts';

/** One removal by force: contract 7.11 gives 20 s. */
const REMOVE_MS = 25_000;
const LIST_MS = 10_000;

/**
 * Empties both homes, whatever it takes: by the runtime's own means first, then by killing and deleting; a
 * home whose runtime no longer answers is wiped and its server started anew.
 * @param initial the baseline of the freshly opened run.
 * @returns what had to be removed, in words.
 */
export async function sweepLocalRuntime(localRuntime: LocalRuntime, initial: Baseline): Promise<string[]> {
  const server = await sweepServer(localRuntime).catch((error: unknown) =>
    wipe(localRuntime, 'server', error),
  );
  const local = await sweepLocal(localRuntime).catch((error: unknown) => wipe(localRuntime, 'local', error));
  const forced = await forceAway(localRuntime, initial);
  if (leftovers(localRuntime, initial).length > 0)
    forced.push(...(await wipe(localRuntime, 'server', 'things remain')));
  return [...server, ...local, ...forced];
}

async function sweepServer(localRuntime: LocalRuntime): Promise<string[]> {
  const serve = await ensureServe(localRuntime);
  const client = restClient({ baseUrl: serve.baseUrl, apiKey: localRuntime.apiKey });
  try {
    const ids = await serverBoxes(client, localRuntime);
    for (const id of ids) {
      const timeoutMs = REMOVE_MS * localRuntime.setup.deadlineFactor;
      await client.request({ method: 'DELETE', path: `/v1/boxes/${id}?force=true` }, { timeoutMs });
    }
    const still = ids.length > 0 ? await serverBoxes(client, localRuntime) : [];
    if (still.length > 0) throw new Error(`boxes stay after a forced removal: ${still.join(' ')}`);
    return ids.map((id) => `box ${id} of the server`);
  } finally {
    await client.close();
  }
}

async function serverBoxes(client: RestClient, localRuntime: LocalRuntime): Promise<string[]> {
  const timeoutMs = LIST_MS * localRuntime.setup.deadlineFactor;
  const seen = fromRest(await client.request({ method: 'GET', path: '/v1/boxes' }, { timeoutMs }), 'boxes');
  if (seen.is === 'boxes') return seen.boxes.map((box) => box.id);
  throw new Error(`the server does not list its boxes: ${'text' in seen ? seen.text : seen.is}`);
}

async function sweepLocal(localRuntime: LocalRuntime): Promise<string[]> {
  const ids = await localBoxes(localRuntime);
  if (ids.length === 0) return [];
  const timeoutMs = REMOVE_MS * localRuntime.setup.deadlineFactor * ids.length;
  await localRuntime.launch(['--home', localRuntime.homes.local, 'rm', '-f', ...ids], { timeoutMs });
  const still = await localBoxes(localRuntime);
  if (still.length > 0) throw new Error(`boxes stay after rm -f: ${still.join(' ')}`);
  return ids.map((id) => `box ${id} of the local CLI`);
}

async function localBoxes(localRuntime: LocalRuntime): Promise<string[]> {
  const timeoutMs = LIST_MS * localRuntime.setup.deadlineFactor;
  const answer = await localRuntime.launch(['--home', localRuntime.homes.local, 'list', '-a', '-q'], {
    timeoutMs,
  });
  if (answer.exit === 0) return answer.out.split('\n').filter((line) => line !== '');
  throw new Error(
    `boxlite list: exit ${answer.exit}${answer.timedOut ? ' (timed out)' : ''}: ${answer.err.trim()}`,
  );
}

/** The last resort for a home: its processes, its files; a server starts again on an empty home. */
async function wipe(localRuntime: LocalRuntime, which: 'server' | 'local', why: unknown): Promise<string[]> {
  localRuntime.setup.log(
    `${localRuntime.setup.name}: wiping the ${which} home: ${why instanceof Error ? why.message : why}`,
  );
  if (which === 'server') await endServe(localRuntime, 0);
  const home = localRuntime.homes[which];
  const ours = traces({ ...placesOf(localRuntime), root: home, ignored: [] });
  for (const trace of ours) if (trace.kind !== 'path') await removeTrace(trace);
  removePath(home);
  mkdirSync(home, { recursive: true });
  if (which === 'server') await ensureServe(localRuntime);
  return [`the whole ${which} home`];
}
