import type { Bytes } from '../../bytes.ts';
import { Jump, ShellFault } from '../control.ts';
import type { Shell } from '../shell.ts';

function count(name: Bytes, text: Bytes | undefined, fallback: number): number {
  if (text === undefined) return fallback;
  if (!/^\d+$/.test(text)) throw new ShellFault(`${name}: Illegal number: ${text}`);
  return Number(text);
}

export function exit(shell: Shell, [status]: Bytes[]): never {
  throw new Jump('exit', count('exit', status, shell.status));
}

export function returnFrom(shell: Shell, [status]: Bytes[]): never {
  throw new Jump('return', count('return', status, shell.status));
}

function leave(shell: Shell, to: 'break' | 'continue', levels: Bytes | undefined): number {
  const wanted = count(to, levels, 1);
  if (wanted < 1) throw new ShellFault(`${to}: Illegal number: ${levels}`);
  if (shell.loops === 0) return 0;
  throw new Jump(to, Math.min(wanted, shell.loops));
}

export const breakLoop = (shell: Shell, [levels]: Bytes[]): number => leave(shell, 'break', levels);
export const continueLoop = (shell: Shell, [levels]: Bytes[]): number => leave(shell, 'continue', levels);
