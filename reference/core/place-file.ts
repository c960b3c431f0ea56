import { posix } from 'node:path';
import { defect } from '../defects/switch.ts';
import type { Hypervisor, TreeEntry } from '../vm/port.ts';

/** Entries under their final names, and the directory they go into. */
interface Placed {
  dir: string;
  entries: TreeEntry[];
}

/**
 * Where the only file of an archive goes when its sender means the file and not a directory that holds it: onto
 * a directory, or a path that ends like one, it lands inside; otherwise it takes the path's name (contract 2.8).
 */
export async function placeFile(
  hypervisor: Hypervisor,
  box: string,
  path: string,
  entries: TreeEntry[],
): Promise<Placed> {
  const [only, ...others] = entries;
  const at = posix.normalize(path);
  const inside = { dir: at, entries };
  if (!only || only.kind === 'directory' || others.length > 0 || at.endsWith('/')) return inside;
  const [found] = (await hypervisor.readTree(box, at)) ?? [];
  if (found?.kind === 'directory' || defect('cp-into-directory-wrong')) return inside;
  return { dir: posix.dirname(at), entries: [{ ...only, path: posix.basename(at) }] };
}
