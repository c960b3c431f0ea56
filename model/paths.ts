import type { Bytes } from '../domain/bytes.ts';
import type { Mount } from '../domain/mount.ts';
import { withHostFile } from './hosts.ts';
import { type Box, type World, withBox } from './world.ts';

/** A path of a box that really lies in a directory of the host. */
interface HostPlace {
  host: string;
  file: string;
  readonly: boolean;
}

type Mounted = Extract<Mount, { kind: 'dir' | 'file' | 'anonymous' }>;

const tmpfs = ['/tmp', '/dev/shm'];
/** Single files the container gets from outside (contract 2.8). */
const etcFiles = ['/etc/hosts', '/etc/hostname', '/etc/resolv.conf'];

const below = (path: string, root: string): boolean => path === root || path.startsWith(`${root}/`);

/** The mount a path lies on: the deepest one wins, nested mounts each show at their own path (contract 6.3). */
function mountAt(box: Box, path: string): Mounted | null {
  let best: Mounted | null = null;
  for (const mount of box.mounts) {
    if (mount.kind !== 'dir' && mount.kind !== 'file' && mount.kind !== 'anonymous') continue;
    if (below(path, mount.at) && (!best || mount.at.length >= best.at.length)) best = mount;
  }
  return best;
}

/** Null: on a disk of the box itself. An anonymous volume counts as its own host directory, named after the box. */
function hostPlace(box: Box, path: string): HostPlace | null {
  const mount = mountAt(box, path);
  if (!mount) return null;
  const host = mount.kind === 'anonymous' ? `~${box.handle}${mount.at}` : mount.host;
  const file = mount.kind === 'file' ? 'marker' : path.slice(mount.at.length + 1);
  return { host, file, readonly: mount.mode === 'ro' };
}

/** Whether cp and files must refuse the path (contract 2.8). */
export const copyRefused = (box: Box | null, path: string): boolean =>
  (box && mountAt(box, path) !== null) || [...tmpfs, ...etcFiles].some((root) => below(path, root));

/** Directories of every image that files of a program may lie in. */
const imageDirs = ['', '/root', '/mnt', ...tmpfs];

/** Whether a file there can only be one that the program has made; of what an image has elsewhere nothing is told. */
export const isOfProgram = (path: string): boolean =>
  imageDirs.some((dir) => dir !== '' && path.startsWith(`${dir}/`));

/** Whether something lies below the path. */
export const hasBelow = (files: Readonly<Record<string, unknown>>, path: string): boolean =>
  Object.keys(files).some((file) => file.startsWith(`${path}/`));

/** Whether the disk has a directory there, which files of programs lie in. */
export const isDirectory = ({ disk }: Box, path: string): boolean =>
  imageDirs.includes(path) || hasBelow(disk, path);

/** Whether the directory of a path is there: a copied one, one of the image, or that of a mount. */
export function hasParent(world: World, box: Box, path: string): boolean {
  const parent = path.slice(0, path.lastIndexOf('/'));
  if (imageDirs.includes(parent) || isDirectory(box, parent)) return true;
  const place = hostPlace(box, parent);
  return place !== null && (place.file === '' || world.hosts[place.host]?.[`${place.file}/`] !== undefined);
}

/**
 * The world after a boot of the box: each volume that lies in a writable directory of the host has made its mount
 * point there, which stays and which other boxes with that directory see (contract 6.3).
 */
export function withMountPoints(world: World, box: Box): World {
  const points = box.mounts.flatMap((mount) => {
    if (mount.kind !== 'dir' && mount.kind !== 'anonymous') return [];
    const outer = hostPlace({ ...box, mounts: box.mounts.filter((one) => one !== mount) }, mount.at);
    return outer && !outer.readonly && outer.file !== '' ? [outer] : [];
  });
  return points.reduce((next, { host, file }) => withHostFile(next, host, `${file}/`, ''), world);
}

/** What a process in the box reads there; null: no such file. */
export function readFile(world: World, box: Box, path: string): Bytes | null {
  const place = hostPlace(box, path);
  if (!place && box.directories.includes(path)) return null;
  return (place ? world.hosts[place.host]?.[place.file] : box.disk[path]) ?? null;
}

/** The world after a process in the box replaced the file; null where it cannot: no directory, read-only mount. */
export function writeFile(world: World, box: Box, path: string, data: Bytes): World | null {
  if (!hasParent(world, box, path)) return null;
  const place = hostPlace(box, path);
  if (!place && box.directories.includes(path)) return null;
  if (!place) {
    const { [path]: _, ...modes } = box.modes;
    const kept = path in box.disk ? {} : { modes };
    return withBox(world, box.handle, { ...kept, disk: { ...box.disk, [path]: data } });
  }
  const isRefused = place.readonly || hasBelow(world.hosts[place.host] ?? {}, place.file);
  return isRefused ? null : withHostFile(world, place.host, place.file, data);
}

/** The disk as the next run finds it: tmpfs contents are gone (contract 0). */
export function acrossRuns(disk: Box['disk']): Box['disk'] {
  return Object.fromEntries(
    Object.entries(disk).filter(([path]) => !tmpfs.some((root) => below(path, root))),
  );
}
