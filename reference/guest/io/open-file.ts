import { Errno } from '../errno.ts';
import type { GuestProcess } from '../process/process.ts';

/**
 * An open file description: shared by every descriptor that was duplicated or inherited from it, closed when the
 * last of them goes.
 */
export interface OpenFile {
  refs: number;
  readonly terminal: boolean;
  /** Up to `max` bytes, at least one; an empty buffer is end-of-file. Waits where there is nothing yet. */
  read(by: GuestProcess, max: number): Promise<Buffer>;
  /** Writes all of it; waits where there is no room. */
  write(by: GuestProcess, data: Buffer): Promise<void>;
  /** Called once, when the last reference has gone. */
  close(): void;
  /** Moves the position; absent where there is none. */
  seek?(to: number): void;
  /** Terminals only: rows and columns. */
  size?(): { rows: number; cols: number };
  /** Cuts or extends the file behind it. */
  truncate?(size: number): void;
}

/** One more descriptor refers to it. */
export function retain(file: OpenFile): OpenFile {
  file.refs += 1;
  return file;
}

/** One descriptor less. */
export function release(file: OpenFile): void {
  file.refs -= 1;
  if (file.refs === 0) file.close();
}

const refuse = (): Promise<never> => Promise.reject(new Errno('EBADF'));

/** An open file with one reference; what is not given is refused with EBADF. */
export function openFile(behaviour: Partial<OpenFile>): OpenFile {
  return { refs: 1, terminal: false, read: refuse, write: refuse, close: () => {}, ...behaviour };
}
