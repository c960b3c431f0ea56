import { breathe } from '../breathe.ts';
import type { Bytes } from '../bytes.ts';
import { Errno } from '../errno.ts';
import { type OpenFile, release, retain } from '../io/open-file.ts';
import { Waiters } from '../io/waiters.ts';
import { isHarmless, KILL } from '../signals.ts';
import { ProcessGone } from './gone.ts';
import type { Kernel } from './kernel.ts';

/** What a process does with a signal: leave it, or call this. */
export type Handler = 'ignore' | (() => void);

interface Blocked {
  wake: () => void;
  fail: (reason: Errno | ProcessGone) => void;
}

/**
 * One guest process. Its "thread" is an asynchronous function that touches the world only through this object;
 * once the process has ended, every such call throws {@link ProcessGone}, which unwinds the thread.
 */
export class GuestProcess {
  readonly kernel: Kernel;
  readonly pid: number;
  ppid: number;
  /** The process that was put into the guest from outside, whose output and terminal this one shares. */
  readonly session: number;
  readonly isInit: boolean;
  argv: Bytes[] = [];
  env = new Map<Bytes, Bytes>();
  cwd: Bytes = '/';
  umask = 0o022;
  readonly fds = new Map<number, OpenFile>();
  readonly handlers = new Map<number, Handler>();
  /** n, or -k when signal k ended it; null while it lives. */
  ended: { code: number } | null = null;
  readonly ending = new Waiters();
  /** Where set, a waiting call fails with EINTR instead of going on when this says that a signal has been handled. */
  interrupted: (() => boolean) | null = null;
  readonly #blocked = new Set<Blocked>();

  constructor(kernel: Kernel, ids: { pid: number; ppid: number; session: number; isInit: boolean }) {
    this.kernel = kernel;
    this.pid = ids.pid;
    this.ppid = ids.ppid;
    this.session = ids.session;
    this.isInit = ids.isInit;
  }

  /** Throws when the process has ended. */
  check(): void {
    if (this.ended) throw new ProcessGone();
  }

  /**
   * Waits until `arm`'s callback is called or a handled signal comes; callers look at their condition again.
   * @throws ProcessGone when the process ends meanwhile; Errno EINTR, see {@link interrupted}.
   */
  block(arm: (wake: () => void) => () => void): Promise<void> {
    this.check();
    if (this.interrupted?.()) return Promise.reject(new Errno('EINTR'));
    return new Promise((resolve, reject) => {
      const leave = () => {
        disarm();
        this.#blocked.delete(blocked);
      };
      const blocked: Blocked = {
        wake: () => {
          leave();
          resolve();
        },
        fail: (reason) => {
          leave();
          reject(reason);
        },
      };
      this.#blocked.add(blocked);
      const disarm = arm(blocked.wake);
    });
  }

  /** Waits for `ms` of guest time, signals notwithstanding. */
  async sleep(ms: number): Promise<void> {
    let over = false;
    const forget = this.kernel.clock.after(ms, () => {
      over = true;
      for (const blocked of this.#blocked) blocked.wake();
    });
    try {
      while (!over) await this.block(() => () => {});
    } finally {
      forget();
    }
  }

  /** Lets others run now and then; every system call and shell command comes through here. */
  async pause(): Promise<void> {
    const rest = breathe();
    if (rest) await rest;
    this.check();
  }

  fd(number: number): OpenFile {
    const file = this.fds.get(number);
    if (!file) throw new Errno('EBADF');
    return file;
  }

  async read(fd: number, max: number): Promise<Buffer> {
    await this.pause();
    const data = await this.fd(fd).read(this, max);
    this.check();
    return data;
  }

  async write(fd: number, data: Buffer): Promise<void> {
    await this.pause();
    if (data.length > 0) await this.fd(fd).write(this, data);
    this.check();
  }

  /** Puts a file at a descriptor, whose reference it takes over; what was there is closed. */
  setFd(number: number, file: OpenFile): void {
    if (this.ended) {
      release(file);
      throw new ProcessGone();
    }
    const old = this.fds.get(number);
    this.fds.set(number, file);
    if (old) release(old);
  }

  closeFd(number: number): void {
    const file = this.fds.get(number);
    this.fds.delete(number);
    if (file) release(file);
  }

  /** A child with the same descriptors, environment and directory; caught signals are back to their default. */
  fork(): GuestProcess {
    this.check();
    const child = this.kernel.create({ ppid: this.pid, session: this.session, isInit: false });
    child.argv = this.argv;
    child.env = this.env;
    child.cwd = this.cwd;
    child.umask = this.umask;
    for (const [number, file] of this.fds) child.fds.set(number, retain(file));
    for (const [signal, handler] of this.handlers)
      if (handler === 'ignore') child.handlers.set(signal, handler);
    return child;
  }

  /** What exec does to signal handlers. */
  forgetHandlers(): void {
    for (const [signal, handler] of this.handlers) if (handler !== 'ignore') this.handlers.delete(signal);
  }

  /**
   * Delivers a signal. PID 1 drops what it has no handler for, its own KILL included; only a KILL from outside
   * the guest reaches it (kernel rule, contract 2.2).
   */
  signal(signal: number, from: 'inside' | 'outside' = 'inside'): void {
    if (this.ended || signal === 0) return;
    const handler = signal === KILL ? undefined : this.handlers.get(signal);
    if (handler === 'ignore') return;
    if (handler) {
      handler();
      for (const blocked of [...this.#blocked]) {
        if (this.interrupted?.()) blocked.fail(new Errno('EINTR'));
        else blocked.wake();
      }
      return;
    }
    if (isHarmless(signal) || (this.isInit && !this.kernel.initDies(signal, from))) return;
    this.end(-signal);
  }

  /** The process is over: descriptors are closed, its thread unwinds, its parent is told. */
  end(code: number): void {
    if (this.ended) return;
    this.ended = { code };
    for (const blocked of [...this.#blocked]) blocked.fail(new ProcessGone());
    for (const number of [...this.fds.keys()]) this.closeFd(number);
    this.kernel.forget(this);
    this.ending.wake();
  }

  /** Waits for another process's end. */
  async join(other: GuestProcess): Promise<number> {
    while (!other.ended) await this.block(other.ending.add);
    return other.ended.code;
  }
}
