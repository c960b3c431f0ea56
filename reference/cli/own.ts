import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable, Writable } from 'node:stream';

/** What a call of the command line program has for itself: all of it a process's, unless a resident process serves it. */
export interface Own {
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

const calls = new AsyncLocalStorage<Own>();

/** Streams and environment of the call that is going on: this process's own, outside of {@link within}. */
export const own = (): Own => calls.getStore() ?? process;

/** Runs a call that has streams and an environment of its own. */
export const within = <T>(call: Own, task: () => T): T => calls.run(call, task);
