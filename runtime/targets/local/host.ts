import { mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { type Bytes, fromBuffer, toBuffer } from '../../../domain/bytes.ts';
import { markerOf } from '../../../domain/mount.ts';
import type { Host } from '../../ports/session.ts';

/** A file read back; longer ones are cut, which no comparison will take for equal. */
const FILE_LIMIT_BYTES = 16 * 1024 * 1024;

/**
 * This machine as the host of a program: everything below one directory, made at first use under `under`
 * (default: the system's directory for temporary files) and removed by `dispose`; `label` shows in its name.
 */
export function localHost(under: string = tmpdir(), label = ''): Host & { dispose(): Promise<void> } {
  const prefix = `p-${label.replace(/[^0-9a-z]/gi, '').slice(0, 24)}`;
  let root: Promise<string> | undefined;
  const made = new Map<string, Promise<string>>();
  // Remembered at once: two steps that ask together must get one directory.
  const base = () => (root ??= mkdtemp(join(under, prefix)));
  const dir = (handle: string) => {
    const known = made.get(handle) ?? makeDir(base(), handle);
    made.set(handle, known);
    return known;
  };
  return {
    dir,
    missing: () => join(under, 'no-such-dir'),
    write: async (handle, file, data) => writeFile(inside(await dir(handle), file), toBuffer(data)),
    read: async (handle, file) => readBounded(inside(await dir(handle), file)),
    scratch: async (_surface, name) => {
      const path = inside(join(await base(), 'scratch'), name);
      await mkdir(dirname(path), { recursive: true });
      return path;
    },
    writeScratch: (_surface, path, data) => writeFile(path, toBuffer(data)),
    readScratch: (_surface, path) => readBounded(path),
    dispose: async () => {
      if (root) await rm(await root, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function makeDir(base: Promise<string>, handle: string): Promise<string> {
  const path = join(await base, handle);
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'marker'), toBuffer(markerOf(handle)));
  return path;
}

function inside(dir: string, file: string): string {
  const path = join(dir, file);
  const way = relative(dir, path);
  if (way === '' || way.startsWith('..'))
    throw new Error(`host file '${file}' is not below its directory ${dir}`);
  return path;
}

async function readBounded(path: string): Promise<Bytes | null> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (!file) return null;
  try {
    const stat = await file.stat();
    // A runtime that makes a directory of it has not made the file (upstream #238).
    if (!stat.isFile()) return null;
    const { size } = stat;
    const buffer = Buffer.alloc(Math.min(size, FILE_LIMIT_BYTES));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
    return fromBuffer(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
