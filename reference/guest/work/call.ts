import type { Files } from '../disk/files.ts';
import type { MemoryVolume } from '../disk/memory.ts';
import { Errno } from '../errno.ts';
import type { GuestProcess } from '../process.ts';

/** One run of the guest's shell: the process it runs in and what of the guest it can reach. */
export interface Call {
  readonly by: GuestProcess;
  readonly env: Readonly<Record<string, string>>;
  /** Absolute. */
  readonly cwd: string;
  readonly files: Files;
  readonly disk: MemoryVolume;
  /** Makes the root disk durable. */
  readonly sync: () => void;
}

/** What a process runs. Resolves with its exit code. */
export type Body = (call: Call) => Promise<number>;

/** A command that ended early: what it says on stderr, and its code. */
export class Complaint extends Error {
  override name = 'Complaint';
  readonly code: number;
  constructor(text: string, code = 1) {
    super(text);
    this.code = code;
  }
}

/** Does something with a file; what the system refuses is complained about, behind these words. */
export function trying<T>(words: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    throw error instanceof Errno ? new Complaint(`${words}: ${error.message}`) : error;
  }
}
