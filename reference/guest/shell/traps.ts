import type { Bytes } from '../bytes.ts';
import type { GuestProcess } from '../process/process.ts';

/** EXIT is kept as signal 0. */
export const EXIT = 0;

/** Trap commands of one shell, and the signals that have come but whose command has not been run yet. */
export class Traps {
  readonly commands = new Map<number, Bytes>();
  readonly pending: number[] = [];
  readonly #by: GuestProcess;
  /** What the shell does of itself with a signal that has no trap. */
  readonly #own = new Map<number, () => void>();

  constructor(by: GuestProcess) {
    this.#by = by;
  }

  /** The shell's own reaction to a signal, in force while there is no trap for it. */
  react(signal: number, handler: () => void): void {
    this.#own.set(signal, handler);
    this.#by.handlers.set(signal, handler);
  }

  /** Sets the command for a signal; '' ignores it. */
  set(signal: number, command: Bytes): void {
    this.commands.set(signal, command);
    if (signal !== EXIT)
      this.#by.handlers.set(signal, command === '' ? 'ignore' : () => this.pending.push(signal));
  }

  /** Back to the default. */
  clear(signal: number): void {
    this.commands.delete(signal);
    const own = this.#own.get(signal);
    if (own) this.#by.handlers.set(signal, own);
    else if (signal !== EXIT) this.#by.handlers.delete(signal);
  }

  /** Whether anything would be lost if the process ran another program now. */
  get any(): boolean {
    return this.commands.size > 0;
  }
}
