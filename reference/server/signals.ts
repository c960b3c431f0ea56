/** Signals a client may send (contract 5.1); KILL is the DELETE of the execution. */
export const allowedSignals: readonly number[] = [1, 2, 3, 6, 10, 12, 15, 28];

/** Refusal of any other. */
export const signalNotAllowed = (signal: number): string =>
  `signal ${signal} not allowed; whitelist: [${allowedSignals.join(', ')}]`;
