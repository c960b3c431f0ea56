import type { Bytes } from '../bytes.ts';

/** A jump out of the commands being run. Thrown, but no error: it carries no stack. */
export class Jump {
  readonly to: 'break' | 'continue' | 'return' | 'exit';
  /** Loops to leave, or the status. */
  readonly value: number;
  constructor(to: 'break' | 'continue' | 'return' | 'exit', value: number) {
    this.to = to;
    this.value = value;
  }
}

/** A mistake of the script that ends the shell (or the command, for a builtin) with a message. */
export class ShellFault extends Error {
  override name = 'ShellFault';
  readonly status: number;
  constructor(message: Bytes, status = 2) {
    super(message);
    this.status = status;
  }
}
