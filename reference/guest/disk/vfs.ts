import type { Bytes } from '../bytes.ts';
import { Errno } from '../errno.ts';
import type { OpenFile } from '../io/open-file.ts';
import { type Access, openDirectory, regularFile } from '../io/regular.ts';
import type { GuestProcess } from '../process/process.ts';
import { join } from './path.ts';
import type { Stat, Vnode, Volume } from './vnode.ts';
import { type Mount, namesIn, type Place, walk } from './walk.ts';

/** How a file is opened. */
export interface OpenHow extends Partial<Access> {
  create?: boolean;
  exclusive?: boolean;
  truncate?: boolean;
  mode?: number;
}

/** The tree a guest sees: root disk and mounts. Relative paths begin at `cwd`. All failures are Errno. */
export class Vfs {
  readonly #root: Vnode;
  readonly mounts = new Map<Bytes, Mount>();

  constructor(root: Volume) {
    this.#root = root.root;
  }

  mount(mount: Mount): void {
    this.mounts.delete(mount.at);
    this.mounts.set(mount.at, mount);
  }

  /** Where a path leads, the last component possibly missing. */
  place(cwd: Bytes, path: Bytes, follow = true): Place {
    if (path === '' || path.includes('\0')) throw new Errno('ENOENT');
    return walk(this.#root, this.mounts, path.startsWith('/') ? path : join(cwd, path), follow);
  }

  /** The file at a path. */
  node(cwd: Bytes, path: Bytes, follow = true): Vnode {
    const { node } = this.place(cwd, path, follow);
    if (!node) throw new Errno('ENOENT');
    return node;
  }

  /** null where there is nothing, or no way to it. */
  find(cwd: Bytes, path: Bytes, follow = true): Vnode | null {
    try {
      return this.place(cwd, path, follow).node;
    } catch (error) {
      if (error instanceof Errno) return null;
      throw error;
    }
  }

  stat(cwd: Bytes, path: Bytes, follow = true): Stat {
    return this.node(cwd, path, follow).stat();
  }

  list(cwd: Bytes, path: Bytes): Bytes[] {
    const place = this.place(cwd, path);
    if (!place.node) throw new Errno('ENOENT');
    if (place.node.kind !== 'directory') throw new Errno('ENOTDIR');
    return namesIn(this.mounts, place);
  }

  open(by: GuestProcess, path: Bytes, how: OpenHow): OpenFile {
    const place = this.place(by.cwd, path);
    if (place.node && how.create && how.exclusive) throw new Errno('EEXIST');
    const node = place.node ?? this.#create(place, how, by.umask);
    if (node.kind === 'device') return openSpecial(node, by);
    if (node.kind === 'directory') {
      if (how.write) throw new Errno('EISDIR');
      return openDirectory();
    }
    if (how.write) writable(node.volume);
    const content = node.content(how.write ?? false);
    if (how.truncate) content.truncate(0);
    return regularFile(content, {
      read: how.read ?? false,
      write: how.write ?? false,
      append: how.append ?? false,
    });
  }

  makeDirectory(cwd: Bytes, path: Bytes, mode: number): void {
    const place = this.place(cwd, path.replace(/\/+$/, '') || '/', false);
    if (place.node) throw new Errno('EEXIST');
    writable(place.dir.volume);
    place.dir.make(place.name, { kind: 'directory', mode });
  }

  link(cwd: Bytes, path: Bytes, target: Bytes): void {
    const place = this.place(cwd, path, false);
    if (place.node) throw new Errno('EEXIST');
    writable(place.dir.volume);
    place.dir.make(place.name, { kind: 'symlink', target });
  }

  /** unlink, or rmdir when `asDirectory`. */
  remove(cwd: Bytes, path: Bytes, asDirectory: boolean): void {
    const place = this.place(cwd, path, false);
    if (!place.node) throw new Errno('ENOENT');
    if (asDirectory && place.node.kind !== 'directory') throw new Errno('ENOTDIR');
    if (!asDirectory && place.node.kind === 'directory') throw new Errno('EISDIR');
    if (place.mountPoint) throw new Errno('EBUSY');
    writable(place.dir.volume);
    place.dir.remove(place.name);
  }

  rename(cwd: Bytes, from: Bytes, to: Bytes): void {
    const source = this.place(cwd, from, false);
    const target = this.place(cwd, to.replace(/(?<=.)\/+$/, ''), false);
    if (!source.node) throw new Errno('ENOENT');
    if (source.mountPoint || target.mountPoint) throw new Errno('EBUSY');
    if (source.dir.volume !== target.dir.volume) throw new Errno('EXDEV');
    writable(source.dir.volume);
    source.dir.volume.rename(source.dir, source.name, target.dir, target.name);
  }

  setMode(cwd: Bytes, path: Bytes, mode: number): void {
    const node = this.node(cwd, path);
    writable(node.volume);
    node.setMode(mode);
  }

  setTime(cwd: Bytes, path: Bytes, mtimeMs: number): void {
    const node = this.node(cwd, path);
    writable(node.volume);
    node.setTime(mtimeMs);
  }

  #create(place: Place, how: OpenHow, umask: number): Vnode {
    if (!how.create) throw new Errno('ENOENT');
    writable(place.dir.volume);
    return place.dir.make(place.name, { kind: 'file', mode: (how.mode ?? 0o666) & ~umask });
  }
}

/** Devices of the host are not for guests. */
function openSpecial(node: Vnode, by: GuestProcess): OpenFile {
  if (!node.device) throw new Errno('EACCES');
  return node.device(by);
}

function writable(volume: Volume): void {
  if (volume.readOnly) throw new Errno('EROFS');
}
