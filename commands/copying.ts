import type { Surface } from '../domain/surface.ts';
import { TMP_FILE } from './values.ts';

/** Paths on the disk, on tmpfs, below mounts, and broken ones. */
const paths = ['/root/f1', TMP_FILE, TMP_FILE, TMP_FILE, '/mnt/a/g', '', '/root/../etc/x'];
/** Single files from outside: as a PUT they would only be an entry of a tar for their directory. */
const cliPaths = [...paths, '/etc/hosts'];

/** Paths worth copying to or from on a surface. */
export const copyPaths = (via: Surface): string[] => (via === 'rest' ? paths : cliPaths);

/** The route of files of a box (contract 4.2). */
export const filesPath = (boxPath: string, path: string): string =>
  `${boxPath}/files?path=${encodeURIComponent(path)}`;

/** A simpler path on the disk. */
export function* simplerPath<S extends { path: string }>(step: S): Iterable<S> {
  if (step.path !== paths[0]) yield { ...step, path: paths[0] as string };
}
