import { type Bytes, bufferOf } from '../../bytes.ts';
import { ShellFault } from '../control.ts';
import type { Shell, Variable } from '../shell.ts';

/** Goes through `NAME[=value]` arguments. */
function each(
  shell: Shell,
  command: Bytes,
  args: Bytes[],
  change: (name: Bytes, variable: Variable) => void,
): number {
  for (const arg of args) {
    const at = arg.indexOf('=');
    const name = at < 0 ? arg : arg.slice(0, at);
    if (!/^[A-Za-z_]\w*$/.test(name)) throw new ShellFault(`${command}: ${name}: bad variable name`);
    if (at >= 0) shell.set(name, arg.slice(at + 1));
    const variable = shell.variables.get(name) ?? { value: undefined, exported: false, readonly: false };
    shell.variables.set(name, variable);
    change(name, variable);
  }
  return 0;
}

export async function exportNames(shell: Shell, args: Bytes[]): Promise<number> {
  const names = args.filter((arg) => arg !== '-p');
  if (names.length > 0) {
    return each(shell, 'export', names, (_, variable) => {
      variable.exported = true;
    });
  }
  const text = [...shell.environment()].map(([name, value]) => `export ${name}='${value}'\n`).join('');
  await shell.by.write(1, bufferOf(text));
  return 0;
}

export const readonlyNames = (shell: Shell, args: Bytes[]): number =>
  each(shell, 'readonly', args, (_, variable) => {
    variable.readonly = true;
  });

/** `local NAME[=value]…`: what was there comes back when the function returns. */
export function local(shell: Shell, args: Bytes[]): number {
  const saved = shell.locals.at(-1);
  if (!saved) throw new ShellFault('local: not in a function');
  for (const arg of args) {
    const name = arg.split('=')[0] ?? '';
    const before = shell.variables.get(name);
    if (!saved.has(name)) saved.set(name, before ? { ...before } : undefined);
  }
  return each(shell, 'local', args, () => {});
}

export function unset(shell: Shell, args: Bytes[]): number {
  for (const name of args) {
    if (name === '-v' || name === '-f') continue;
    if (shell.variables.get(name)?.readonly) throw new ShellFault(`unset: ${name}: is read only`);
    if (args[0] === '-f') shell.functions.delete(name);
    else shell.variables.delete(name);
  }
  return 0;
}
