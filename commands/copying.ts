import type { Surface } from '../domain/surface.ts';
import type { World } from '../model/world.ts';
import { TMP_FILE } from './values.ts';

/** Paths on the disk, on tmpfs, below mounts, and broken ones. */
const paths = ['/root/f1', TMP_FILE, '/mnt/a/g', '', '/root/../etc/x'];
/** The simplest. */
export const [firstPath = ''] = paths;
/** Where what is in a directory is copied to: a directory that is there, and one that is made by the copy. */
export const contentsPaths = ['/root', '/root/d1'];
/** Where a directory itself is: below one that is there, and as one that is made by the copy. */
export const directoryPaths = ['/root', '/root/d2'];
/** Single files from outside: as a PUT they would only be an entry of a tar for their directory. */
const cliPaths = [...paths, '/etc/hosts'];

/** Paths worth copying to or from on a surface. */
export const copyPaths = (via: Surface): string[] => (via === 'rest' ? paths : cliPaths);

/** What follows a box's path in the route of its files (contract 4.2). */
export const filesQuery = (path: string): string => `/files?path=${encodeURIComponent(path)}`;

/** A simpler path on the disk. */
export function* simplerPath<S extends { path: string }>(step: S): Iterable<S> {
  if (step.path !== firstPath) yield { ...step, path: firstPath };
}

/** A copy while a box of the local home is down boots it and puts it back (contract 2.1). */
export const copyUrge = (world: World): number =>
  Object.values(world.boxes).some(
    ({ home, status }) => home === 'local' && (status === 'configured' || status === 'stopped'),
  )
    ? 3
    : 1;

/** What a copy leaves on a disk that no run keeps shows the most. */
export const likelyCopy = ({ on, path }: { on: string; path: string }, world: World): number =>
  (path === TMP_FILE ? 3 : 1) * (path in (world.boxes[on]?.disk ?? {}) ? 8 : 1);
