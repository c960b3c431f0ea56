import type { Clock } from '../clock.ts';
import type { Vfs } from '../disk/vfs.ts';
import { Errno } from '../errno.ts';
import { limits } from '../limits.ts';
import { KILL } from '../signals.ts';
import { ProcessGone } from './gone.ts';
import { GuestProcess } from './process.ts';

/** What a guest knows of itself. */
export interface KernelOptions {
  vfs: Vfs;
  clock: Clock;
  hostname: string;
  bootId: string;
  /** Writes the root disk to where it survives a power-off. */
  sync: () => void;
  /** Seeded defect: PID 1 dies like any other process. */
  initIsMortal?: () => boolean;
}

/** The process table of one guest and what its processes share. */
export class Kernel {
  readonly vfs: Vfs;
  readonly clock: Clock;
  readonly hostname: string;
  readonly bootId: string;
  readonly sync: () => void;
  readonly bootedMs = performance.now();
  readonly processes = new Map<number, GuestProcess>();
  readonly #initIsMortal: () => boolean;
  #lastPid = 1;

  constructor(options: KernelOptions) {
    this.vfs = options.vfs;
    this.clock = options.clock;
    this.hostname = options.hostname;
    this.bootId = options.bootId;
    this.sync = options.sync;
    this.#initIsMortal = options.initIsMortal ?? (() => false);
  }

  /**
   * Makes a process; `session` 0 makes it the head of its own.
   * @throws Errno EAGAIN when the guest has too many.
   */
  create(ids: { ppid: number; session: number; isInit: boolean }): GuestProcess {
    if (this.processes.size >= limits.processes) throw new Errno('EAGAIN');
    const pid = ids.isInit ? 1 : this.#nextPid();
    const process = new GuestProcess(this, { ...ids, pid, session: ids.session || pid });
    this.processes.set(pid, process);
    return process;
  }

  /** Runs a process's program; its result is the exit code. */
  run(process: GuestProcess, body: () => Promise<number>): void {
    body().then(
      (code) => process.end(code),
      (error: unknown) => {
        if (error instanceof ProcessGone || process.ended) return;
        // A fault of this interpreter, told where the user looks first.
        const text = `guest fault: ${error instanceof Error ? error.stack : String(error)}\n`;
        const end = () => process.end(134);
        process.write(2, Buffer.from(text)).then(end, end);
      },
    );
  }

  /** Whether PID 1 dies of a signal it has no handler for. */
  initDies(signal: number, from: 'inside' | 'outside'): boolean {
    return (signal === KILL && from === 'outside') || this.#initIsMortal();
  }

  /** Everybody of one session, for what a terminal sends. */
  signalSession(session: number, signal: number): void {
    for (const process of [...this.processes.values()])
      if (process.session === session) process.signal(signal);
  }

  forget(process: GuestProcess): void {
    this.processes.delete(process.pid);
    for (const other of this.processes.values()) if (other.ppid === process.pid) other.ppid = 1;
  }

  #nextPid(): number {
    do this.#lastPid = this.#lastPid >= 32_767 ? 2 : this.#lastPid + 1;
    while (this.processes.has(this.#lastPid));
    return this.#lastPid;
  }
}
