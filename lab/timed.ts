import type { Log } from '../domain/log.ts';

/** Does work of the lab that takes a while, and says when it begins and how long it took. */
export async function timed<T>(log: Log, name: string, work: () => Promise<T>): Promise<T> {
  const startedMs = Date.now();
  log(`lab: ${name} …`);
  const result = await work();
  log(`lab: ${name} done in ${((Date.now() - startedMs) / 1000).toFixed(1)} s`);
  return result;
}
