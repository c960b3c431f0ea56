import { type Bytes, bufferOf } from '../../bytes.ts';
import { ShellFault } from '../control.ts';
import type { Shell } from '../shell.ts';

const letters = new Set(['a', 'e', 'f', 'u', 'v', 'x']);
const long: Record<string, string> = {
  allexport: 'a',
  errexit: 'e',
  noglob: 'f',
  nounset: 'u',
  verbose: 'v',
  xtrace: 'x',
  pipefail: 'pipefail',
};

/**
 * Takes option arguments off the front of a list, as `set` and the shell's own command line have them.
 * @returns what is left, or null when there was no argument that ends or follows the options.
 */
export function takeOptions(shell: Shell, args: Bytes[]): Bytes[] | null {
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    if (arg === '--') return args.slice(at + 1);
    if (!/^[-+]./.test(arg)) return args.slice(at);
    for (const letter of arg.slice(1)) {
      if (letter === 'o') toggle(shell, arg, long[args[++at] ?? ''] ?? '');
      else toggle(shell, arg, letter);
    }
  }
  return null;
}

function toggle(shell: Shell, arg: Bytes, option: string): void {
  if (!letters.has(option) && option !== 'pipefail') throw new ShellFault(`set: illegal option ${arg}`);
  if (arg.startsWith('-')) shell.options.add(option);
  else shell.options.delete(option);
}

/** `set [OPTIONS] [--] [ARG…]`; without arguments it lists the variables. */
export async function setOptions(shell: Shell, args: Bytes[]): Promise<number> {
  if (args.length === 0) return list(shell);
  const rest = takeOptions(shell, args);
  if (rest) shell.args = rest;
  return 0;
}

async function list(shell: Shell): Promise<number> {
  const lines = [...shell.variables].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = lines
    .map(([name, { value = '' }]) => `${name}='${value.replaceAll("'", `'"'"'`)}'\n`)
    .join('');
  await shell.by.write(1, bufferOf(text));
  return 0;
}

export function shift(shell: Shell, [count = '1']: Bytes[]): number {
  if (!/^\d+$/.test(count)) throw new ShellFault(`shift: Illegal number: ${count}`);
  if (Number(count) > shell.args.length) return 1;
  shell.args = shell.args.slice(Number(count));
  return 0;
}
