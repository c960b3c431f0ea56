import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { FromWorker, ToWorker } from './performer.ts';

/** How trials are shared out. */
export interface PoolOptions {
  /** The module whose `openPerformer` makes the trials. */
  readonly performer: URL;
  /** What each performer is opened with. */
  readonly settings: unknown;
  /** Worker processes: what waits in one does not hold up another. */
  readonly jobs: number;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
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
export async function withPool<Trial, Result>(
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
export async function onAllCores<Trial, Result>(
  performer: URL,
  trials: readonly Trial[],
  { signal, log }: Pick<PoolOptions, 'signal' | 'log'>,
  lineOf: (result: Result) => string,
): Promise<Result[]> {
  const results: Result[] = [];
  const options = { performer, settings: null, jobs: availableParallelism(), signal, log };
  await withPool<Trial, Result>(options, (make) =>
    make(trials, (result) => {
      results.push(result);
      log(lineOf(result));
    }),
  );
  signal.throwIfAborted();
  return results;
}

interface Worker {
  perform(trial: unknown): Promise<unknown>;
  close(): Promise<void>;
}

const workerFile = fileURLToPath(new URL('worker.ts', import.meta.url));
/** A worker that is told to stop ends its program and closes its runtimes first. */
const STOP_MS = 60_000;

function startWorker({ performer, settings, log }: PoolOptions): Worker {
  const child = fork(workerFile, [performer.href], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.on('message', (message: FromWorker) => {
    if (message.say === 'log') log(message.line);
  });
  const send = (message: ToWorker): void => {
    // One that has just gone says so by its end, not by an error of this.
    if (child.connected) child.send(message, () => {});
  };
  send({ say: 'settings', settings });
  return {
    perform: (trial) => resultOf(child, () => send({ say: 'trial', trial })),
    async close() {
      send({ say: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

function resultOf(child: ChildProcess, ask: () => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      child.off('message', onMessage);
      child.off('exit', onExit);
      act();
    };
    const onMessage = (message: FromWorker): void => {
      if (message.say === 'result') settle(() => resolve(message.result));
      if (message.say === 'broke') settle(() => reject(new Error(`bench: a worker broke: ${message.why}`)));
    };
    const onExit = (code: number | null, signal: string | null): void =>
      settle(() =>
        reject(new Error(`bench: a worker ended with ${signal ?? code} in the middle of a trial`)),
      );
    if (!child.connected) return onExit(child.exitCode, child.signalCode);
    child.on('message', onMessage);
    child.once('exit', onExit);
    ask();
  });
}
