import { posix } from 'node:path';
import type { Ids } from '../../vm/port.ts';

const texts = {
  EACCES: 'Permission denied',
  EIO: 'I/O error',
  EISDIR: 'Is a directory',
  ELOOP: 'Symbolic link loop',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  EROFS: 'Read-only file system',
} as const;

type ErrnoCode = keyof typeof texts;

/** A failed system call of a guest process; the message is what the guest's libc prints for it. */
export class Errno extends Error {
  override name = 'Errno';
  readonly code: ErrnoCode;
  constructor(code: ErrnoCode) {
    super(texts[code]);
    this.code = code;
  }
}

/** Gives the guest's view of an error a host file system call threw; what it does not know is an I/O error. */
export function fromHost(error: unknown): Errno {
  const code = (error as { code?: string }).code ?? '';
  return new Errno(Object.hasOwn(texts, code) ? (code as ErrnoCode) : 'EIO');
}

/** Names from the top of a file system down; none is the top itself. */
export type Names = readonly string[];

/** What is at a path. */
export interface Look {
  kind: 'file' | 'directory';
  /** Permission bits only. */
  mode: number;
  /** Root when absent. */
  owner?: Ids;
}

/** One file system of a guest: the root disk, a tmpfs, or something of the host. All failures are Errno. */
export interface Volume {
  /** First and third column of /proc/mounts. */
  readonly tag: string;
  readonly type: string;
  /** null where there is nothing, or no way to it. */
  look(path: Names): Look | null;
  read(path: Names): Buffer;
  /** Replaces a file, or makes it in a directory that is there. */
  write(path: Names, data: Buffer): void;
}

/** A file system and where it shows. */
export interface Mount {
  at: string;
  volume: Volume;
  mode: 'ro' | 'rw';
}

/** Takes an absolute path apart; `.`, `..` and doubled slashes are taken by the text. */
export const namesOf = (path: string): string[] =>
  posix
    .resolve('/', path)
    .split('/')
    .filter((name) => name !== '');

/** The tree a guest sees: the root disk and what is mounted over it. Relative paths begin at `cwd`. */
export class Files {
  /** By path. A mount may lie where nothing below it is: the way there is not needed. */
  readonly mounts = new Map<string, Mount>();

  constructor(root: Mount) {
    this.mount(root);
  }

  mount(mount: Mount): void {
    this.mounts.delete(mount.at);
    this.mounts.set(mount.at, mount);
  }

  /** null where there is nothing, or no way to it. */
  look(cwd: string, path: string): Look | null {
    const { volume, names } = this.place(cwd, path);
    return volume.look(names);
  }

  /** @throws Errno */
  read(cwd: string, path: string): Buffer {
    const { volume, names } = this.place(cwd, path);
    return volume.read(names);
  }

  /** @throws Errno */
  write(cwd: string, path: string, data: Buffer): void {
    const { volume, names } = this.place(cwd, path);
    volume.write(names, data);
  }

  /** The file system that a path lies on, and where on it. */
  place(cwd: string, path: string): { volume: Volume; names: Names } {
    if (path === '' || path.includes('\0')) throw new Errno('ENOENT');
    const names = namesOf(posix.resolve(cwd, path));
    for (let depth = names.length; depth >= 0; depth--) {
      const mount = this.mounts.get(`/${names.slice(0, depth).join('/')}`);
      if (mount) return { volume: mount.volume, names: names.slice(depth) };
    }
    throw new Errno('ENOENT');
  }
}

/** Blanks and backslashes in a path would break the columns; the kernel writes them as octal escapes. */
const column = (path: string): string =>
  path.replace(/[ \t\n\\]/g, (char) => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`);

const lineOf = ({ at, volume, mode }: Mount): string =>
  `${column(volume.tag)} ${column(at)} ${volume.type} ${mode},relatime 0 0\n`;

/** Makes /proc: the mounts and the boot id, computed when they are read. */
export function procVolume(files: () => Files, bootId: string): Volume {
  const texts: Record<string, () => string> = {
    mounts: () => [...files().mounts.values()].map(lineOf).join(''),
    'sys/kernel/random/boot_id': () => `${bootId}\n`,
  };
  return {
    tag: 'proc',
    type: 'proc',
    look: (path) => (texts[path.join('/')] ? { kind: 'file', mode: 0o444 } : null),
    read: (path) => {
      const text = texts[path.join('/')];
      if (!text) throw new Errno('ENOENT');
      return Buffer.from(text());
    },
    write: () => {
      throw new Errno('EACCES');
    },
  };
}
