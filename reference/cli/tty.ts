import { isatty } from 'node:tty';
import { Fault } from '../core/fault.ts';

/** `-t` needs a terminal to take over (contract 2.2). */
export function checkTty(wanted: boolean): void {
  if (wanted && !isatty(0)) throw new Fault('invalid-argument', 'the input device is not a TTY.');
}
