import { type Bytes, bufferOf, stringOf } from '../../bytes.ts';
import { Errno } from '../../errno.ts';
import { findProgram } from '../../process/program.ts';
import { Jump, ShellFault } from '../control.ts';
import { runText } from '../finish.ts';
import type { Shell } from '../shell.ts';
import { execWords } from '../simple.ts';
import { statusOf } from '../status.ts';
import { builtins } from './table.ts';

export const evaluate = (shell: Shell, args: Bytes[]): Promise<number> => runText(shell, args.join(' '));

/** `. FILE`. */
export async function dot(shell: Shell, [path, ...args]: Bytes[]): Promise<number> {
  if (path === undefined) throw new ShellFault('.: filename argument required');
  const text = readWhole(shell, path);
  const outer = shell.args;
  if (args.length > 0) shell.args = args;
  try {
    return await runText(shell, text);
  } catch (error) {
    if (error instanceof Jump && error.to === 'return') return error.value;
    throw error;
  } finally {
    shell.args = outer;
  }
}

function readWhole(shell: Shell, path: Bytes): Bytes {
  try {
    const content = shell.by.kernel.vfs.node(shell.by.cwd, path).content(false);
    const text = stringOf(content.read(0, content.size()));
    content.close();
    return text;
  } catch (error) {
    throw error instanceof Errno ? new ShellFault(`.: can't open '${path}': ${error.message}`) : error;
  }
}

/** What a name stands for, as `type` and `command -v` tell. */
function meaning(shell: Shell, name: Bytes): { short: Bytes; long: Bytes } | null {
  if (shell.functions.has(name)) return { short: name, long: `${name} is a function` };
  if (Object.hasOwn(builtins, name) || name === 'exec')
    return { short: name, long: `${name} is a shell builtin` };
  const found = findProgram(shell.by.kernel.vfs, shell.by.cwd, shell.get('PATH') ?? '', name);
  return found.found ? { short: found.path, long: `${name} is ${found.path}` } : null;
}

export async function type(shell: Shell, args: Bytes[]): Promise<number> {
  let status = 0;
  for (const name of args) {
    const found = meaning(shell, name);
    if (!found) status = 127;
    await shell.by.write(1, bufferOf(`${found?.long ?? `${name}: not found`}\n`));
  }
  return status;
}

/** `command [-v|-V] NAME …`: no functions. */
export async function command(shell: Shell, args: Bytes[]): Promise<number> {
  const [first, ...rest] = args[0] === '-p' ? args.slice(1) : args;
  if (first === undefined) return 0;
  if (first === '-V') return type(shell, rest);
  if (first === '-v') {
    const found = meaning(shell, rest[0] ?? '');
    if (found) await shell.by.write(1, bufferOf(`${found.short}\n`));
    return found ? 0 : 127;
  }
  const builtin = Object.hasOwn(builtins, first) ? builtins[first] : undefined;
  if (builtin) return builtin(shell, rest, first);
  const child = shell.by.fork();
  const copy = shell.copy(child);
  shell.by.kernel.run(child, () => execWords(copy, [first, ...rest], shell.environment()));
  return statusOf(await shell.by.join(child));
}
