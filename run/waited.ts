/** Where waiting is added up, milliseconds. */
export interface Waiting {
  runtimeMs: number;
}

/**
 * Awaits an answer of the runtime or of the machine it runs on, and counts the time as waited for them, however it
 * ends. That is every call a target or one of its sessions takes (commands, requests, sockets, host files,
 * baselines, sweeps, heartbeats) and every pause between two looks. All other time of a run is boxcheck's own:
 * drawing, predicting, judging, shrinking, reports. What boxcheck computes while such a call is under way (starting
 * the client, reading its output) cannot be told from waiting by the clock; the processor time of a run record can.
 */
export async function waited<T>(waiting: Waiting, work: Promise<T>): Promise<T> {
  const startedMs = performance.now();
  try {
    return await work;
  } finally {
    waiting.runtimeMs += performance.now() - startedMs;
  }
}
