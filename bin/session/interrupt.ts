import type { Log } from '../../domain/log.ts';
import { exit } from '../cli/errors.ts';

/**
 * What is being run when the time of a run is over may go on for so long, on bare metal; a target that is slower has as
 * much more as its deadlines are longer. What is left then is ended, removed, and reported as left open.
 */
export const GRACE_MS = 5_000;

/** The same signal, or another one that ends as well what is still being run so many milliseconds from now. */
export function endingWithin(signal: AbortSignal, ms: number | undefined): AbortSignal {
  if (ms === undefined || ms === Number.POSITIVE_INFINITY) return signal;
  // The timer holds it: a bare AbortSignal.timeout is collected while only a composite signal listens, and never fires.
  const over = new AbortController();
  setTimeout(() => over.abort(new DOMException('its time is over', 'TimeoutError')), Math.max(0, ms)).unref();
  return AbortSignal.any([signal, over.signal]);
}

/** A clean stop may wait for a machine that hangs: after so long it ends as by a second signal. */
const STOP_MS = 120_000;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Does work that Ctrl-C may end: the first one asks it to end cleanly (boxes removed, report written) by aborting its
 * signal, the second one, or two minutes without an end, ends the process at once. What a hard end leaves behind, the
 * next run reaps.
 */
export async function interruptible<T>(log: Log, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const endAtOnce = (why: string): void => {
    log(`${why}: ended at once; what is left behind is cleaned up by the next run`);
    process.exit(exit.interrupted);
  };
  const listener = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      endAtOnce(`${signal} again`);
      return;
    }
    log(`${signal}: stopping cleanly, a report will be written; once more to end at once`);
    timer = setTimeout(endAtOnce, STOP_MS, `no clean stop within ${STOP_MS / 1000} s`).unref();
    controller.abort(new Error(`interrupted by ${signal}`));
  };
  for (const name of signals) process.on(name, listener);
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    for (const name of signals) process.off(name, listener);
  }
}
