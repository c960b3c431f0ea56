import { defect } from '../defects/switch.ts';
import type { Ids, ProcessEvent } from '../vm/port.ts';
import { Inlet, Outlet, type Wait, Waiters } from './streams.ts';

export const INT = 2;
export const KILL = 9;
export const TERM = 15;

/** The key that ends the input of a terminal. */
const END = 0x04;

/** CHLD, CONT, the stop signals (this guest has no stopping), URG and WINCH do nothing by default. */
const harmless = new Set([17, 18, 19, 20, 21, 22, 23, 28]);

/** Whether a process without a handler survives this signal. */
const isHarmless = (signal: number): boolean => harmless.has(signal);

/** A follower of both streams and the end. */
export type Listener = (event: ProcessEvent) => void;

/** Who sends a signal: the process itself, or somebody outside the guest. */
type Sender = 'inside' | 'outside';

/**
 * A process of the guest, and what is kept of it after its end. What it runs is an asynchronous function that
 * waits only through this object; once the process has ended no such wait comes back, so the function stays
 * where it is and is forgotten.
 */
export class GuestProcess {
  readonly id: string;
  readonly isInit: boolean;
  /** Root until it is told otherwise. */
  user: Ids = { uid: 0, gid: 0 };
  readonly stdin = new Inlet();
  readonly out = new Outlet();
  /** The same stream as `out` with a terminal. */
  readonly err: Outlet;
  /** What it does with a signal that it handles. */
  readonly handlers = new Map<number, () => void>();
  /** n, or -k when signal k ended it; null while it lives. */
  ended: { code: number } | null = null;
  /** Set once the outside is told; null code: unknown, the VM died. */
  exit: { code: number | null } | null = null;
  readonly ending = new Waiters();
  /** Of its terminal, as `stty size` has it; empty while nobody has given it one. */
  size = '';
  readonly resized = new Waiters();
  readonly #tty: boolean;
  readonly #over = new Waiters();
  #held: Promise<unknown> | null = null;

  constructor(id: string, { init, tty }: { init: boolean; tty: boolean }) {
    this.id = id;
    this.isInit = init;
    this.#tty = tty;
    this.err = tty && !defect('terminal-streams-apart') ? this.out : new Outlet();
    // Of a terminal there is this much: one stream, its line ends, what is typed on it, and a size (contract 2.2).
    if (tty && !defect('terminal-line-ends-kept')) this.out.filter = withCarriageReturns;
  }

  /** Nothing is told of its end before this promise has settled. */
  holdEnd(until: Promise<unknown>): void {
    this.#held = until;
  }

  /** Waits until `arm`'s callback is called; callers look at their condition again. Never returns after the end. */
  readonly wait: Wait = (arm) =>
    new Promise((resolve) => {
      arm(() => {
        if (!this.ended) resolve();
      });
    });

  /** The next bytes of stdin; null at end-of-file. */
  async read(): Promise<Buffer | null> {
    for (;;) {
      const data = this.stdin.take();
      if (data !== undefined) return data;
      await this.wait(this.stdin.changed.add);
    }
  }

  /** Takes stdin from outside; null is end-of-file. */
  feed(data: Buffer | null): void {
    if (data && this.#tty) this.#type(data);
    else if (data) this.stdin.push(data);
    else this.stdin.end();
  }

  /** A terminal shows what is typed, and the end of a file is a key. */
  #type(data: Buffer): void {
    const end = data.indexOf(END);
    const line = end < 0 ? data : data.subarray(0, end);
    if (line.length > 0) {
      if (!defect('terminal-echoes-nothing')) void this.write('out', line);
      this.stdin.push(line);
    }
    if (end >= 0) this.stdin.end();
  }

  /** Gives its terminal a size, where it has one. */
  resize(rows: number, cols: number): void {
    if (!this.#tty) return;
    this.size = `${rows} ${cols}`;
    this.resized.wake();
  }

  async write(stream: 'out' | 'err', data: Buffer | string): Promise<void> {
    await this[stream].write(typeof data === 'string' ? Buffer.from(data) : data, this.wait);
  }

  /**
   * Delivers a signal. PID 1 drops what it has no handler for, its own KILL included; only a KILL from outside
   * the guest reaches it (kernel rule, contract 2.2).
   */
  signal(signal: number, from: Sender): void {
    if (this.ended) return;
    const handler = signal === KILL ? undefined : this.handlers.get(signal);
    if (handler) handler();
    else if (!isHarmless(signal) && this.#diesOf(signal, from)) this.end(-signal);
  }

  #diesOf(signal: number, from: Sender): boolean {
    return !this.isInit || (signal === KILL && from === 'outside') || defect('init-dies-of-signals');
  }

  /** Ends it: n, or -k for signal k. */
  end(code: number): void {
    if (this.ended) return;
    this.ended = { code };
    this.#close();
    this.ending.wake();
    const finish = () => this.#finish(code);
    if (this.#held) this.#held.then(finish, finish);
    else finish();
  }

  /** The VM died: what has not been told of its end is never known. */
  cutOff(): void {
    this.ended ??= { code: -KILL };
    this.#close();
    this.#finish(null);
  }

  /** Replays what is kept, goes live, ends with the exit. Gives a function that stops it. */
  follow(listener: Listener): () => void {
    const streams = this.err === this.out ? (['out'] as const) : (['out', 'err'] as const);
    const stops = streams.map((kind) => this[kind].follow((data) => listener({ kind, data })));
    const tell = () => listener({ kind: 'exit', code: this.exit?.code ?? null });
    if (this.exit) tell();
    else stops.push(this.#over.add(tell));
    return () => {
      for (const stop of stops) stop();
    };
  }

  #close(): void {
    this.stdin.drop();
    for (const outlet of [this.out, this.err]) outlet.finish();
  }

  #finish(code: number | null): void {
    if (this.exit) return;
    this.exit = { code };
    this.#over.wake();
  }
}

const withCarriageReturns = (chunk: Buffer): Buffer =>
  Buffer.from(chunk.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
