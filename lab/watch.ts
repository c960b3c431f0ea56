import { setTimeout as pause } from 'node:timers/promises';
import { LabError } from './call.ts';

/** Between two looks. */
export const LOOK_MS = 2_000;

/** A Watch looks after a machine beside whatever it is doing. */
export interface Watch {
  /** Aborts, with a LabError as its reason, once the machine is lost. */
  readonly lost: AbortSignal;
  end(): void;
}

/** Looks again and again until something is wrong or the watch ends. Keeps no process alive. */
export function watching(look: () => Promise<string | null>, everyMs = LOOK_MS): Watch {
  const lost = new AbortController();
  const ended = new AbortController();
  const watch = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      const trouble = await look().catch(({ message }: Error) => `the lab cannot be watched: ${message}`);
      if (trouble !== null && !ended.signal.aborted) return lost.abort(new LabError(trouble));
      await pause(everyMs, undefined, { ref: false, signal: ended.signal }).catch(() => {});
    }
  };
  void watch();
  return { lost: lost.signal, end: () => ended.abort() };
}
