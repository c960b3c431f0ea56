import { chmod, mkdir, mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { type Bytes, fromBuffer, toBuffer } from '../../../domain/bytes.ts';
import { listedMode } from '../../../domain/file-mode.ts';
import { markerOf } from '../../../domain/mount.ts';
import type { Host, HostPlace } from '../../ports/session.ts';
import { hostPorts, localTcp, type Tcp } from './tcp.ts';

/** A file read back; longer ones are cut, which no comparison will take for equal. */
export const FILE_LIMIT_BYTES = 16 * 1024 * 1024;

/** HostFiles say how files are kept on one machine. */
export interface HostFiles {
  /** Gives the directory of one program; asked for at the first use. */
  base(): Promise<string>;
  /** Writes a file, and makes the directories above it. */
  write(path: string, data: Bytes, mode?: string): Promise<void>;
  /** As {@link Host} has it. */
  mode(path: string): Promise<Bytes | null>;
  /** null where there is no such file. */
  read(path: string): Promise<Bytes | null>;
  /** Removes the directory that was asked for. */
  remove(base: string): Promise<void>;
}

/** Makes a machine the host of a program; `dispose` removes all files, and does nothing where there were none. */
export function hostOf(
  files: HostFiles,
  under: string,
  tcp: Tcp = localTcp,
): Host & { dispose(): Promise<void> } {
  let root: Promise<string> | undefined;
  const made = new Map<string, Promise<string>>();
  const { dispose: endPorts, ...ports } = hostPorts(tcp);
  // Remembered at once: two steps that ask together must get one directory.
  const base = () => (root ??= files.base());
  const makeDir = async (handle: string) => {
    const path = posix.join(await base(), handle);
    await files.write(posix.join(path, 'marker'), markerOf(handle));
    return path;
  };
  const dir = (handle: string) => {
    const known = made.get(handle) ?? makeDir(handle);
    made.set(handle, known);
    return known;
  };
  const path = async (place: HostPlace, file: string) =>
    inside('host' in place ? await dir(place.host) : posix.join(await base(), 'scratch'), file);
  return {
    ...{ dir, path, ...ports },
    missing: () => posix.join(under, 'no-such-dir'),
    write: async (place, file, data, mode) => files.write(await path(place, file), data, mode),
    mode: async (place, file) => files.mode(await path(place, file)),
    read: async (place, file) => files.read(await path(place, file)),
    dispose: async () => {
      await endPorts();
      if (root) await files.remove(await root);
    },
  };
}

function inside(dir: string, file: string): string {
  const path = posix.join(dir, file);
  if (path.startsWith(`${dir}/`)) return path;
  throw new Error(`host file '${file}' is not below its directory ${dir}`);
}

/**
 * Makes this machine the host of a program: everything below one directory in `under` (default: the system's
 * directory for temporary files); `label` shows in its name.
 */
export function localHost(under: string = tmpdir(), label = ''): ReturnType<typeof hostOf> {
  const files: HostFiles = {
    base: async () => {
      const base = await mkdtemp(join(under, `p-${label.replace(/[^0-9a-z]/gi, '').slice(0, 24)}`));
      // A CLI that copies a file to here finds the directory.
      await mkdir(join(base, 'scratch'));
      return base;
    },
    write: async (path, data, mode) => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, toBuffer(data));
      if (mode !== undefined) await chmod(path, mode);
    },
    mode: async (path) => {
      const found = await stat(path).catch(() => null);
      if (!found?.isFile()) return null;
      return `${listedMode(found.mode)} ${found.uid === process.getuid?.() ? 'own' : found.uid}\n`;
    },
    read: readBounded,
    remove: (base) => rm(base, { recursive: true, force: true, maxRetries: 3 }),
  };
  return hostOf(files, under);
}

async function readBounded(path: string): Promise<Bytes | null> {
  await using file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  const stat = await file?.stat();
  // A runtime that makes a directory of it has not made the file (upstream #238).
  if (!file || !stat?.isFile()) return null;
  const buffer = Buffer.alloc(Math.min(stat.size, FILE_LIMIT_BYTES));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
  return fromBuffer(buffer.subarray(0, bytesRead));
}
