import type { Log } from '../../domain/log.ts';
import { exit } from '../cli/errors.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that Ctrl-C may end: the first one asks it to end cleanly (boxes removed, report written) by aborting its
 * signal, the second one ends the process at once. What a hard end leaves behind, the next run reaps.
 */
export async function interruptible<T>(log: Log, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const listener = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      log(`${signal} again: ended at once; what is left behind is cleaned up by the next run`);
      process.exit(exit.interrupted);
    }
    log(`${signal}: stopping cleanly, a report will be written; once more to end at once`);
    controller.abort(new Error(`interrupted by ${signal}`));
  };
  for (const name of signals) process.on(name, listener);
  try {
    return await work(controller.signal);
  } finally {
    for (const name of signals) process.off(name, listener);
  }
}
