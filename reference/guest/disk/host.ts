import {
  closeSync,
  constants,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { defect } from '../../defects/switch.ts';
import { Errno, fromHost, type Look, type Names, type Volume } from './files.ts';

/** What a seeded defect writes at most. */
const sharedBytes = 32 * 1024;

/**
 * A directory or a single file of the host, shared with the guest: every access is a system call on the host, so
 * both sides always see the same bytes (contract 6.3). A symbolic link below it leads nowhere: on the host's side
 * it could lead out.
 */
export class HostVolume implements Volume {
  readonly type = 'virtiofs';
  readonly tag: string;
  readonly #source: string;
  readonly #readOnly: boolean;

  /** @param source absolute host path. */
  constructor(tag: string, source: string, readOnly: boolean) {
    this.tag = tag;
    this.#source = source;
    this.#readOnly = readOnly;
  }

  look(path: Names): Look | null {
    try {
      const found = lstatSync(this.#below(path));
      if (found.isSymbolicLink()) return null;
      return { kind: found.isDirectory() ? 'directory' : 'file', mode: found.mode & 0o7777 };
    } catch {
      return null;
    }
  }

  read(path: Names): Buffer {
    return this.#opened(path, constants.O_RDONLY, (fd) => readFileSync(fd));
  }

  write(path: Names, data: Buffer): void {
    if (this.#readOnly) throw new Errno('EROFS');
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;
    const kept =
      data.length > sharedBytes && defect('large-shared-file-cut') ? data.subarray(0, sharedBytes) : data;
    this.#opened(path, flags, (fd) => writeFileSync(fd, kept));
  }

  /** Makes a directory in one that is there, for something to be mounted on; where it cannot be made it is left out. */
  makeMountPoint(path: Names): void {
    if (this.#readOnly || this.look(path)) return;
    try {
      mkdirSync(this.#below(path));
    } catch {
      // The mount shows without it.
    }
  }

  #opened<T>(path: Names, flags: number, task: (fd: number) => T): T {
    try {
      const fd = openSync(this.#below(path), flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, 0o644);
      try {
        return task(fd);
      } finally {
        closeSync(fd);
      }
    } catch (error) {
      throw error instanceof Errno ? error : fromHost(error);
    }
  }

  #below(path: Names): string {
    const top = realpathSync(this.#source);
    const below = join(top, ...path);
    if (path.length > 1 && realpathSync(dirname(below)) !== dirname(below)) throw new Errno('ELOOP');
    return below;
  }
}
