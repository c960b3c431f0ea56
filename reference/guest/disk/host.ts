import * as fs from 'node:fs';
import { constants, type Stats } from 'node:fs';
import type { Bytes } from '../bytes.ts';
import { Errno, fromHost } from '../errno.ts';
import type { Content, NewNode, NodeKind, Stat, Vnode, Volume } from './vnode.ts';

/** Runs a host system call; its error becomes the guest's. */
function host<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    throw fromHost(error);
  }
}

const pathOf = (bytes: Bytes): Buffer => Buffer.from(bytes, 'latin1');

/**
 * A directory or a single file of the host, shared with the guest: every access is a system call on the host, so
 * both sides always see the same bytes (contract 6.3). Symbolic links are never followed on the host's side; the
 * guest resolves them in its own tree.
 */
export class HostVolume implements Volume {
  readonly type = 'virtiofs';
  readonly tag: string;
  readonly readOnly: boolean;
  readonly root: Vnode;

  /** @param source absolute host path, as host text. */
  constructor(tag: string, source: string, readOnly: boolean) {
    this.tag = tag;
    this.readOnly = readOnly;
    this.root = new HostNode(this, Buffer.from(source).toString('latin1'));
  }

  rename(from: Vnode, name: Bytes, to: Vnode, newName: Bytes): void {
    host(() => fs.renameSync((from as HostNode).below(name), (to as HostNode).below(newName)));
  }
}

class HostNode implements Vnode {
  readonly volume: HostVolume;
  readonly #path: Bytes;

  constructor(volume: HostVolume, path: Bytes) {
    this.volume = volume;
    this.#path = path;
  }

  get kind(): NodeKind {
    return kindOf(this.#lstat());
  }

  below(name: Bytes): Buffer {
    return pathOf(`${this.#path}/${name}`);
  }

  stat(): Stat {
    const { mode, size, mtimeMs } = this.#lstat();
    return { kind: this.kind, mode: mode & 0o7777, size, mtimeMs };
  }

  lookup(name: Bytes): Vnode | null {
    const found = host(() => fs.lstatSync(this.below(name), { throwIfNoEntry: false }));
    return found ? new HostNode(this.volume, `${this.#path}/${name}`) : null;
  }

  names(): Bytes[] {
    return host(() => fs.readdirSync(pathOf(this.#path), 'buffer')).map((name) => name.toString('latin1'));
  }

  make(name: Bytes, node: NewNode): Vnode {
    const path = this.below(name);
    host(() => {
      if (node.kind === 'symlink') fs.symlinkSync(pathOf(node.target), path);
      else if (node.kind === 'directory') fs.mkdirSync(path, { mode: node.mode });
      else fs.closeSync(fs.openSync(path, 'wx', node.mode));
    });
    return new HostNode(this.volume, `${this.#path}/${name}`);
  }

  remove(name: Bytes): void {
    const path = this.below(name);
    host(() => (fs.lstatSync(path).isDirectory() ? fs.rmdirSync(path) : fs.unlinkSync(path)));
  }

  target(): Bytes {
    return host(() => fs.readlinkSync(pathOf(this.#path), 'buffer')).toString('latin1');
  }

  setMode(mode: number): void {
    host(() => fs.chmodSync(pathOf(this.#path), mode));
  }

  setTime(mtimeMs: number): void {
    host(() => fs.lutimesSync(pathOf(this.#path), mtimeMs / 1000, mtimeMs / 1000));
  }

  content(writable: boolean): Content {
    if (this.kind !== 'file') throw new Errno(this.kind === 'directory' ? 'EISDIR' : 'EACCES');
    const flags =
      (writable ? constants.O_RDWR : constants.O_RDONLY) | constants.O_NOFOLLOW | constants.O_NONBLOCK;
    const fd = host(() => fs.openSync(pathOf(this.#path), flags));
    return hostContent(fd);
  }

  #lstat(): Stats {
    return host(() => fs.lstatSync(pathOf(this.#path)));
  }
}

function hostContent(fd: number): Content {
  return {
    size: () => host(() => fs.fstatSync(fd).size),
    read: (at, length) => {
      const buffer = Buffer.allocUnsafe(length);
      return buffer.subarray(
        0,
        host(() => fs.readSync(fd, buffer, 0, length, at)),
      );
    },
    write: (at, data) => {
      for (let done = 0; done < data.length; ) {
        done += host(() => fs.writeSync(fd, data, done, data.length - done, at + done));
      }
    },
    truncate: (size) => host(() => fs.ftruncateSync(fd, size)),
    close: () => fs.closeSync(fd),
  };
}

function kindOf(stats: Stats): NodeKind {
  if (stats.isDirectory()) return 'directory';
  if (stats.isSymbolicLink()) return 'symlink';
  return stats.isFile() ? 'file' : 'device';
}
