import { readdir } from 'node:fs/promises';
import { LabError } from '../error.ts';

/** Gives the one kernel release below a modules directory. */
export async function findModulesDir(dir: string): Promise<string> {
  const [release, ...more] = await readdir(dir);
  if (release === undefined || more.length > 0)
    throw new LabError(
      `${dir}: expected the modules of one kernel, found ${more.length + (release ? 1 : 0)}`,
    );
  return release;
}

const nameOf = (file: string) =>
  file
    .replace(/^.*\//, '')
    .replace(/\.ko.*$/, '')
    .replaceAll('-', '_');

/**
 * Gives the files to load, in order, for the wanted modules and all they depend on.
 * @param dep `modules.dep`: `file: files it needs`, the ones to be loaded first last
 * @param builtin `modules.builtin`: files that are part of the kernel already
 * @throws LabError for a module the kernel does not have
 */
export function loadOrder(dep: string, builtin: string, wanted: readonly string[]): string[] {
  const needs = new Map<string, { file: string; deps: string[] }>();
  for (const line of dep.split('\n')) {
    const [file, rest] = line.split(':');
    if (file && rest !== undefined) needs.set(nameOf(file), { file, deps: rest.split(' ').filter(Boolean) });
  }
  const builtins = new Set(builtin.split('\n').map(nameOf));
  const order = new Set<string>();
  for (const name of wanted) {
    const entry = needs.get(name);
    if (entry) for (const file of [...entry.deps.toReversed(), entry.file]) order.add(file);
    else if (!builtins.has(name)) throw new LabError(`the guest's kernel has no module ${name}`);
  }
  return [...order];
}
