import { type Bytes, bufferOf } from '../../bytes.ts';
import { Errno } from '../../errno.ts';
import { ShellFault } from '../control.ts';
import type { Shell } from '../shell.ts';

/** `cd [DIR|-]`. */
export async function cd(shell: Shell, args: Bytes[]): Promise<number> {
  const wanted = args[0] ?? shell.get('HOME') ?? '/';
  const target = wanted === '-' ? (shell.get('OLDPWD') ?? '/') : wanted;
  try {
    const place = shell.by.kernel.vfs.place(shell.by.cwd, target);
    if (!place.node) throw new Errno('ENOENT');
    if (place.node.kind !== 'directory') throw new Errno('ENOTDIR');
    shell.set('OLDPWD', shell.by.cwd);
    shell.by.cwd = place.path;
  } catch (error) {
    if (!(error instanceof Errno)) throw error;
    await shell.complain(`cd: can't cd to ${target}: ${error.message}`);
    return 2;
  }
  shell.set('PWD', shell.by.cwd);
  if (wanted === '-') await shell.by.write(1, bufferOf(`${shell.by.cwd}\n`));
  return 0;
}

export async function umask(shell: Shell, [mode]: Bytes[]): Promise<number> {
  if (mode === undefined) {
    await shell.by.write(1, bufferOf(`${shell.by.umask.toString(8).padStart(4, '0')}\n`));
    return 0;
  }
  if (!/^[0-7]{1,4}$/.test(mode)) throw new ShellFault(`umask: illegal mode: ${mode}`);
  shell.by.umask = Number.parseInt(mode, 8) & 0o777;
  return 0;
}
