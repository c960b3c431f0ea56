import type { ProcessEvent } from '../vm/port.ts';
import type { Outlet } from './io/outlet.ts';
import { Waiters } from './io/waiters.ts';
import type { GuestProcess } from './process/process.ts';

/** Where bytes for a process go: a pipe or a terminal. */
export interface Input {
  /** Resolves when there is room for more. */
  push(data: Buffer): Promise<void>;
  end(): void;
}

export interface ExecutionParts {
  id: string;
  process: GuestProcess;
  input: Input;
  out: Outlet;
  /** null with a terminal, which has one stream. */
  err: Outlet | null;
  resize: (rows: number, cols: number) => void;
}

/** A follower of both streams and the end. */
export interface Listener {
  event(event: ProcessEvent): void;
  /** true while it can take no more output. */
  full(): boolean;
}

/**
 * A process put into the guest from outside, as the outside sees it. It is over when the process has ended and
 * nobody holds its output open any more (contract 5.1), and not before {@link Execution.settle} allows it.
 */
export class Execution {
  readonly id: string;
  readonly isInit: boolean;
  /** n, or -k; null while the process lives. Output may still be held open by a child. */
  ended: { code: number } | null = null;
  /** Set once it is over; null code: unknown, the VM died. */
  exit: { code: number | null } | null = null;
  /** Changes the code on its way out; only seeded defects set it. */
  translate: (code: number | null) => number | null = (code) => code;
  /** null once over, so that what is kept of an execution does not keep its guest. */
  #live: Pick<ExecutionParts, 'process' | 'input' | 'resize'> | null;
  readonly #outlets: Outlet[];
  readonly #over = new Waiters();
  #held: Promise<unknown> | null = null;

  constructor(parts: ExecutionParts) {
    this.id = parts.id;
    this.isInit = parts.process.isInit;
    this.#live = { process: parts.process, input: parts.input, resize: parts.resize };
    this.#outlets = parts.err ? [parts.out, parts.err] : [parts.out];
    parts.process.ending.add(() => {
      this.ended = parts.process.ended;
      this.#look();
    });
    for (const outlet of this.#outlets) outlet.onEnd(() => this.#look());
  }

  /** Nothing is told of its end before this promise has settled. */
  holdEnd(until: Promise<unknown>): void {
    this.#held = until;
  }

  /** The VM died: whatever has not ended is over with an unknown code. */
  cutOff(): void {
    if (this.exit) return;
    for (const outlet of this.#outlets) outlet.finish();
    this.#finish(null);
  }

  /** Memory it takes for replays. */
  get keptBytes(): number {
    return this.#outlets.reduce((sum, outlet) => sum + outlet.keptBytes, 0);
  }

  /** The process, while it lives. */
  get process(): GuestProcess | null {
    return this.ended ? null : (this.#live?.process ?? null);
  }

  /** null is end-of-file. Resolves when there is room for more; what comes after the end is dropped. */
  write(data: Buffer | null): Promise<void> {
    if (this.ended || !this.#live) return Promise.resolve();
    if (data) return this.#live.input.push(data);
    this.#live.input.end();
    return Promise.resolve();
  }

  signal(signal: number): void {
    this.process?.signal(signal, 'outside');
  }

  resize(rows: number, cols: number): void {
    if (!this.ended) this.#live?.resize(rows, cols);
  }

  /** Replays what is kept, goes live, ends with the exit. Gives a function that stops it. */
  follow(listener: Listener): () => void {
    const stops = this.#outlets.map((outlet, index) =>
      outlet.follow({
        data: (data) => listener.event({ kind: index === 0 ? 'out' : 'err', data }),
        end: () => {},
        full: () => listener.full(),
      }),
    );
    const tell = () => listener.event({ kind: 'exit', code: this.exit?.code ?? null });
    if (this.exit) tell();
    else stops.push(this.#over.add(tell));
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Followers that were full have room again. */
  drained(): void {
    for (const outlet of this.#outlets) outlet.drained();
  }

  onOver(listener: () => void): void {
    if (this.exit) listener();
    else this.#over.add(listener);
  }

  #look(): void {
    const { ended } = this;
    if (!ended || this.#outlets.some((outlet) => !outlet.ended)) return;
    const held = this.#held;
    const finish = () => this.#finish(ended.code);
    if (held) held.then(finish, finish);
    else finish();
  }

  #finish(code: number | null): void {
    if (this.exit) return;
    this.exit = { code: this.translate(code) };
    this.#live = null;
    this.#over.wake();
  }
}
