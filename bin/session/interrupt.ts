const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The wish to stop, and whether somebody had it. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Gives the signals back to whoever had them. */
  release(): void;
}

/**
 * Ctrl-C for a run: the first one asks it to end cleanly (boxes removed, report written), the second one ends
 * the process at once. What a hard end leaves behind, the next run reaps.
 */
export function onInterrupt(log: (line: string) => void): Interrupt {
  const controller = new AbortController();
  const listener = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted) {
      log(`${signal} again: ended at once; what is left behind is cleaned up by the next run`);
      process.exit(130);
    }
    log(`${signal}: stopping cleanly, a report will be written; once more to end at once`);
    controller.abort(new Error(`interrupted by ${signal}`));
  };
  for (const name of signals) process.on(name, listener);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of signals) process.off(name, listener);
    },
  };
}
