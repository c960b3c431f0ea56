import { noBytes } from '../bytes.ts';
import { Errno } from '../errno.ts';
import { limits } from '../limits.ts';
import type { GuestProcess } from '../process/process.ts';
import { PIPE } from '../signals.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { Waiters } from './waiters.ts';

/** A bounded byte queue between two ends; either end may go first. */
class Pipe {
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #readerGone = false;
  #writerGone = false;
  readonly #changed = new Waiters();

  async read(by: GuestProcess, max: number): Promise<Buffer> {
    while (this.#size === 0 && !this.#writerGone) await by.block(this.#changed.add);
    const head = this.#chunks[0];
    if (!head) return noBytes;
    const taken = head.subarray(0, max);
    if (taken.length < head.length) this.#chunks[0] = head.subarray(max);
    else this.#chunks.shift();
    this.#size -= taken.length;
    this.#changed.wake();
    return taken;
  }

  async write(by: GuestProcess, data: Buffer): Promise<void> {
    for (let at = 0; at < data.length; ) {
      while (this.#size >= limits.pipeBytes && !this.#readerGone) await by.block(this.#changed.add);
      if (this.#readerGone) {
        by.signal(PIPE);
        by.check();
        throw new Errno('EPIPE');
      }
      const piece = data.subarray(at, at + limits.pipeBytes - this.#size);
      this.#chunks.push(piece);
      this.#size += piece.length;
      at += piece.length;
      this.#changed.wake();
    }
  }

  closeReader(): void {
    this.#readerGone = true;
    this.#chunks.length = 0;
    this.#size = 0;
    this.#changed.wake();
  }

  closeWriter(): void {
    this.#writerGone = true;
    this.#changed.wake();
  }

  /** Resolves when there is room or nobody reads any more; for a writer that is no guest process. */
  room(): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.#size < limits.pipeBytes || this.#readerGone) resolve();
        else this.#changed.add(look);
      };
      look();
    });
  }

  /** Puts data in whatever the room. */
  push(data: Buffer): void {
    if (this.#readerGone || this.#writerGone || data.length === 0) return;
    this.#chunks.push(data);
    this.#size += data.length;
    this.#changed.wake();
  }
}

/** Both ends of a pipe inside the guest. */
export function makePipe(): { reader: OpenFile; writer: OpenFile } {
  const pipe = new Pipe();
  return {
    reader: readEnd(pipe),
    writer: openFile({ write: (by, data) => pipe.write(by, data), close: () => pipe.closeWriter() }),
  };
}

/** A pipe whose writer is outside the guest: a process's stdin. */
export function makeInlet(): { reader: OpenFile; push: (data: Buffer) => Promise<void>; end: () => void } {
  const pipe = new Pipe();
  const push = (data: Buffer): Promise<void> => {
    pipe.push(data);
    return pipe.room();
  };
  return { reader: readEnd(pipe), push, end: () => pipe.closeWriter() };
}

const readEnd = (pipe: Pipe): OpenFile =>
  openFile({ read: (by, max) => pipe.read(by, max), close: () => pipe.closeReader() });
