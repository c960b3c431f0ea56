import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FromWorker } from './performer.ts';

/** How trials are shared out. */
export interface PoolOptions {
  /** The module whose `openPerformer` makes the trials. */
  readonly performer: URL;
  /** What each performer is opened with. */
  readonly settings: unknown;
  /** Worker processes: what waits in one does not hold up another. */
  readonly jobs: number;
  readonly signal: AbortSignal;
}

/**
 * Makes all trials, each on the next free worker, and hands every result over as it comes, in any order.
 * @throws when a worker breaks or the signal is aborted
 */
export type MakeTrials<Trial, Result> = (
  trials: readonly Trial[],
  onResult: (result: Result) => void | Promise<void>,
) => Promise<void>;

/**
 * Lends worker processes, which are ended with everything they started when `use` is done.
 * @returns whether it got to the end; false when the signal was aborted
 */
export async function withPool<Trial extends object | string, Result>(
  options: PoolOptions,
  use: (make: MakeTrials<Trial, Result>) => Promise<void>,
): Promise<boolean> {
  const workers = Array.from({ length: options.jobs }, () => startWorker(options));
  const close = () => Promise.all(workers.map((worker) => worker.close()));
  // The workers stop at once, and what they are asked after that fails.
  const stop = () => void close();
  options.signal.addEventListener('abort', stop, { once: true });
  try {
    await use(async (trials, onResult) => {
      const left = [...trials];
      const lane = async (worker: Worker): Promise<void> => {
        for (let trial = left.shift(); trial !== undefined; trial = left.shift())
          await onResult((await worker.perform(trial)) as Result);
      };
      await Promise.all(workers.map(lane));
    });
    return !options.signal.aborted;
  } catch (error) {
    if (options.signal.aborted) return false;
    throw error;
  } finally {
    options.signal.removeEventListener('abort', stop);
    await close();
  }
}

/**
 * Makes trials that need no settings on all processors, and gives their results in any order.
 * @throws when a worker breaks or the signal is aborted
 */
export async function onAllCores<Trial extends object, Result>(
  performer: URL,
  trials: readonly Trial[],
  signal: AbortSignal,
  onResult: (result: Result) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  const options = { performer, settings: null, jobs: availableParallelism(), signal };
  await withPool<Trial, Result>(options, (make) =>
    make(trials, (result) => {
      results.push(result);
      onResult(result);
    }),
  );
  signal.throwIfAborted();
  return results;
}

interface Worker {
  perform(trial: object | string): Promise<unknown>;
  close(): Promise<void>;
}

const workerFile = fileURLToPath(new URL('worker.ts', import.meta.url));
/** A worker that is let go of ends its program and closes its runtimes first. */
const STOP_MS = 60_000;

function startWorker({ performer, settings }: PoolOptions): Worker {
  const args = [performer.href, JSON.stringify(settings)];
  const child = fork(workerFile, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(
    ([code, by]): FromWorker => ({ broke: `it ended with ${by ?? code}` }),
  );
  return {
    async perform(trial) {
      const told = once(child, 'message').then(([answer]) => answer as FromWorker);
      if (child.connected) child.send(trial, () => {});
      const answer = await Promise.race([told, ended]);
      if ('broke' in answer) throw new Error(`bench: a worker broke: ${answer.broke}`);
      return answer.result;
    },
    async close() {
      if (child.connected) child.disconnect();
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}
