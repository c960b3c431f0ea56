import { posix } from 'node:path';
import { defect } from '../defects/switch.ts';
import type { BoxSpec } from './box.ts';
import { invalidArgument, unsupported } from './fault.ts';

/** Mounts every container has besides its volumes (contract 2.8). */
const ownMounts = ['/tmp', '/dev/shm', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf'];

/**
 * An absolute, normal form of a path in a box.
 * @throws Fault invalid-argument for an empty path or one with a `..` in it.
 */
export function guestPath(path: string): string {
  if (path === '') throw invalidArgument('path cannot be empty');
  if (path.split('/').includes('..')) throw invalidArgument(`path '${path}' must not contain '..'`);
  const normal = posix.join('/', path);
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal;
}

/**
 * Refuses paths the root disk does not hold: what is copied there would be hidden by the mount (upstream #1361).
 * @throws Fault unsupported.
 */
export function checkOnDisk(spec: BoxSpec, path: string): void {
  const over = [...ownMounts, ...spec.mounts.map((mount) => guestPath(mount.at))];
  const mount = over.find((at) => path === at || path.startsWith(at === '/' ? '/' : `${at}/`));
  if (mount && !defect('cp-to-tmpfs-accepted'))
    throw unsupported(`path '${path}' is at or under the mount ${mount}; use exec to reach it`);
}
