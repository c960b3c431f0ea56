import type { Bytes } from '../bytes.ts';
import { join } from '../disk/path.ts';
import type { Vfs } from '../disk/vfs.ts';
import { isPattern, matches, unmarked } from './pattern.ts';

/** Paths that fit a pattern, sorted; the pattern itself, without its marks, where none does. */
export function glob(vfs: Vfs, cwd: Bytes, pattern: Bytes): Bytes[] {
  if (!isPattern(pattern)) return [unmarked(pattern)];
  const absolute = pattern.startsWith('/');
  let found: Bytes[] = [absolute ? '/' : ''];
  for (const part of pattern.split('/').filter((each) => each !== '')) {
    found = found.flatMap((base) => step(vfs, cwd, base, part));
  }
  return found.length > 0 ? found.sort() : [unmarked(pattern)];
}

function step(vfs: Vfs, cwd: Bytes, base: Bytes, part: Bytes): Bytes[] {
  const at = (name: Bytes) => (base === '' ? name : join(base, name));
  if (!isPattern(part)) return vfs.find(cwd, at(unmarked(part)), false) ? [at(unmarked(part))] : [];
  if (vfs.find(cwd, base || '.')?.kind !== 'directory') return [];
  const names = vfs.list(cwd, base || '.');
  return names.filter((name) => visible(part, name) && matches(part, name)).map(at);
}

const visible = (pattern: Bytes, name: Bytes): boolean =>
  !name.startsWith('.') || unmarked(pattern).startsWith('.');
