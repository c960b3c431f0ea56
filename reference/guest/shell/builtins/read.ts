import type { Bytes } from '../../bytes.ts';
import { Errno } from '../../errno.ts';
import { limits } from '../../limits.ts';
import { ShellFault } from '../control.ts';
import type { Shell } from '../shell.ts';

interface Line {
  text: Bytes;
  complete: boolean;
}

/**
 * `read [-r] NAME…`: takes one line from stdin and not a byte more, because what follows belongs to the next
 * command. Status 1 at end-of-file, above 128 when a trapped signal came.
 */
export async function read(shell: Shell, args: Bytes[]): Promise<number> {
  const raw = args[0] === '-r';
  const names = raw ? args.slice(1) : args;
  let line: Line;
  try {
    line = await readLine(shell, raw);
  } catch (error) {
    if (error instanceof Errno && error.code === 'EINTR') return 128 + (shell.traps.pending[0] ?? 0);
    throw error instanceof Errno ? new ShellFault(`read error: ${error.message}`, 1) : error;
  }
  assign(shell, names.length > 0 ? names : ['REPLY'], line.text);
  return line.complete ? 0 : 1;
}

async function readLine(shell: Shell, raw: boolean): Promise<Line> {
  let text = '';
  for (;;) {
    const char = await readByte(shell);
    if (char === null) return { text, complete: false };
    if (char === '\n') return { text, complete: true };
    if (char === '\\' && !raw) {
      const next = await readByte(shell);
      if (next !== null && next !== '\n') text += next;
    } else if (char !== '\0') text += char;
    if (text.length > limits.lineBytes) throw new ShellFault('read: line too long');
  }
}

async function readByte(shell: Shell): Promise<Bytes | null> {
  shell.by.interrupted = () => shell.traps.pending.length > 0;
  try {
    const data = await shell.by.read(0, 1);
    return data.length > 0 ? data.toString('latin1') : null;
  } finally {
    shell.by.interrupted = null;
  }
}

/** One field a name; the last takes the rest of the line. */
function assign(shell: Shell, names: Bytes[], line: Bytes): void {
  const { separators } = shell;
  const isSeparator = (char: string | undefined) => char !== undefined && separators.includes(char);
  const isBlank = (char: string | undefined) => isSeparator(char) && ' \t\n'.includes(char ?? '');
  let at = 0;
  while (isBlank(line[at])) at += 1;
  for (const name of names.slice(0, -1)) {
    const from = at;
    while (at < line.length && !isSeparator(line[at])) at += 1;
    shell.set(name, line.slice(from, at));
    while (isBlank(line[at])) at += 1;
    if (isSeparator(line[at])) at += 1;
    while (isBlank(line[at])) at += 1;
  }
  let end = line.length;
  while (end > at && isBlank(line[end - 1])) end -= 1;
  shell.set(names.at(-1) ?? 'REPLY', line.slice(at, end));
}
