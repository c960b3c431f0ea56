import type { Bytes } from '../bytes.ts';
import { Errno } from '../errno.ts';
import type { Content, NodeKind, Stat, Vnode, Volume } from './vnode.ts';

/** A file computed when it is opened, or a directory of such. */
export type Synthetic = { file: () => Bytes } | { entries: () => Map<Bytes, Synthetic> };

/** A file system of computed files, as /proc is. Nothing can be made or removed in it. */
export class SyntheticVolume implements Volume {
  readonly type: string;
  readonly tag: string;
  readonly readOnly = false;
  readonly root: Vnode;

  constructor(type: string, root: Synthetic) {
    this.type = type;
    this.tag = type;
    this.root = new SyntheticNode(this, root);
  }

  rename(): void {
    throw new Errno('EPERM');
  }
}

class SyntheticNode implements Vnode {
  readonly volume: Volume;
  readonly #node: Synthetic;

  constructor(volume: Volume, node: Synthetic) {
    this.volume = volume;
    this.#node = node;
  }

  get kind(): NodeKind {
    return 'file' in this.#node ? 'file' : 'directory';
  }

  stat(): Stat {
    return { kind: this.kind, mode: this.kind === 'file' ? 0o444 : 0o555, size: 0, mtimeMs: 0 };
  }

  lookup(name: Bytes): Vnode | null {
    const node = this.#entries().get(name);
    return node ? new SyntheticNode(this.volume, node) : null;
  }

  names(): Bytes[] {
    return [...this.#entries().keys()];
  }

  make(): Vnode {
    throw new Errno('ENOENT');
  }

  remove(): void {
    throw new Errno('EPERM');
  }

  target(): Bytes {
    throw new Errno('EINVAL');
  }

  setMode(): void {
    throw new Errno('EPERM');
  }

  setTime(): void {
    throw new Errno('EPERM');
  }

  content(writable: boolean): Content {
    if (!('file' in this.#node)) throw new Errno('EISDIR');
    if (writable) throw new Errno('EACCES');
    const data = Buffer.from(this.#node.file(), 'latin1');
    return {
      size: () => data.length,
      read: (at, length) => data.subarray(at, at + length),
      write: () => {},
      truncate: () => {},
      close: () => {},
    };
  }

  #entries(): Map<Bytes, Synthetic> {
    if (!('entries' in this.#node)) throw new Errno('ENOTDIR');
    return this.#node.entries();
  }
}
