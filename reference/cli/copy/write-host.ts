import { existsSync, mkdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { invalidArgument, notFound } from '../../core/fault.ts';
import type { TreeEntry } from '../../vm/port.ts';

/**
 * Writes a tree from a box to the host by the rules of `docker cp`. `tree` is named from the base name of what
 * was copied; with `contents` that top name is left out.
 * @throws Fault when a directory should replace a file, or the target's directory is missing.
 */
export function writeHost(tree: TreeEntry[], target: string, contents: boolean): void {
  const [top] = tree;
  if (!top) return;
  const isDirectory = statSync(target, { throwIfNoEntry: false })?.isDirectory() ?? false;
  checkTarget(top, target, isDirectory);
  const base = isDirectory && !contents ? join(target, basename(clean(top.path))) : target;
  for (const entry of tree) put(join(base, clean(entry.path).slice(clean(top.path).length)), entry);
}

const clean = (path: string): string => path.replace(/^\.\//, '').replace(/\/$/, '');

function checkTarget(top: TreeEntry, target: string, isDirectory: boolean): void {
  if (top.kind === 'directory' && !isDirectory && existsSync(target))
    throw invalidArgument(`cannot copy a directory to '${target}': not a directory`);
  if (!isDirectory && (target.endsWith('/') || !existsSync(dirname(target))))
    throw notFound(`directory of '${target}' does not exist`);
}

function put(file: string, entry: TreeEntry): void {
  if (entry.kind === 'directory') {
    mkdirSync(file, { recursive: true });
    return;
  }
  if (entry.kind === 'symlink') {
    rmSync(file, { force: true });
    symlinkSync(entry.link ?? '', file);
  } else {
    writeFileSync(file, entry.data ?? Buffer.alloc(0), { mode: entry.mode & 0o777 });
  }
}
