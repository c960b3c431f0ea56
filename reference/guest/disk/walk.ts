import type { Bytes } from '../bytes.ts';
import { Errno } from '../errno.ts';
import { limits } from '../limits.ts';
import { join } from './path.ts';
import { SyntheticVolume } from './synthetic.ts';
import type { Vnode, Volume } from './vnode.ts';

/** A file system and where it shows. */
export interface Mount {
  at: Bytes;
  volume: Volume;
  mode: 'ro' | 'rw';
}

/** Where a path leads; `node` is null where only the last component is missing. */
export interface Place {
  path: Bytes;
  dir: Vnode;
  name: Bytes;
  node: Vnode | null;
  mountPoint: boolean;
}

interface Step {
  name: Bytes;
  node: Vnode;
}

const bareDirectory = new SyntheticVolume('none', { entries: () => new Map() });

const split = (path: Bytes): Bytes[] => path.split('/').filter((part) => part !== '' && part !== '.');

/**
 * Resolves an absolute path as the kernel does: component by component, through links and mounts.
 * @param follow whether a link in the last component is followed too.
 * @throws Errno ENOENT, ENOTDIR, ELOOP.
 */
export function walk(root: Vnode, mounts: ReadonlyMap<Bytes, Mount>, path: Bytes, follow: boolean): Place {
  const trail: Step[] = [];
  const ahead = split(path).reverse();
  let links = 0;
  for (let name = ahead.pop(); name !== undefined; name = ahead.pop()) {
    const dir = trail.at(-1)?.node ?? root;
    if (dir.kind !== 'directory') throw new Errno('ENOTDIR');
    if (name === '..') {
      trail.pop();
      continue;
    }
    const at = join(pathOf(trail), name);
    const node = mounts.get(at)?.volume.root ?? dir.lookup(name) ?? implied(mounts, at);
    if (!node) {
      if (ahead.length > 0) throw new Errno('ENOENT');
      return { path: at, dir, name, node: null, mountPoint: false };
    }
    if (node.kind === 'symlink' && (follow || ahead.length > 0 || path.endsWith('/'))) {
      if (++links > limits.symlinks) throw new Errno('ELOOP');
      const target = node.target();
      if (target.startsWith('/')) trail.length = 0;
      ahead.push(...split(target).reverse());
      continue;
    }
    trail.push({ name, node });
  }
  return placeOf(root, mounts, trail, path);
}

function placeOf(root: Vnode, mounts: ReadonlyMap<Bytes, Mount>, trail: Step[], asked: Bytes): Place {
  const last = trail.at(-1);
  const path = pathOf(trail);
  if (!last) return { path, dir: root, name: '.', node: root, mountPoint: true };
  if (asked.endsWith('/') && last.node.kind !== 'directory') throw new Errno('ENOTDIR');
  return {
    path,
    dir: trail.at(-2)?.node ?? root,
    name: last.name,
    node: last.node,
    mountPoint: mounts.has(path),
  };
}

const pathOf = (trail: Step[]): Bytes => `/${trail.map((step) => step.name).join('/')}`;

/** A directory that exists only because something is mounted further down. */
function implied(mounts: ReadonlyMap<Bytes, Mount>, at: Bytes): Vnode | null {
  for (const mounted of mounts.keys()) if (mounted.startsWith(`${at}/`)) return bareDirectory.root;
  return null;
}

/** Names in a directory, mounts included, in the order `ls` shows. */
export function namesIn(mounts: ReadonlyMap<Bytes, Mount>, place: Place): Bytes[] {
  const names = new Set(place.node?.names());
  const prefix = place.path === '/' ? '/' : `${place.path}/`;
  for (const at of mounts.keys()) {
    if (at.startsWith(prefix) && at !== prefix) names.add(at.slice(prefix.length).split('/')[0] ?? '');
  }
  return [...names].sort();
}
