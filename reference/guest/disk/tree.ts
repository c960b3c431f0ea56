import type { TreeEntry } from '../../vm/port.ts';
import { type Bytes, bytesOf, textOf } from '../bytes.ts';
import { Errno } from '../errno.ts';
import { baseName, join } from './path.ts';
import type { Vfs } from './vfs.ts';
import type { Vnode } from './vnode.ts';

/**
 * Reads a file or directory as a list of entries named from its base name, parents first.
 * @returns null where the path does not exist.
 */
export function readTree(vfs: Vfs, path: string): TreeEntry[] | null {
  const node = vfs.find('/', bytesOf(path));
  if (!node) return null;
  const entries: TreeEntry[] = [];
  collect(node, baseName(bytesOf(path)) === '/' ? '.' : baseName(bytesOf(path)), entries);
  return entries;
}

function collect(node: Vnode, path: Bytes, into: TreeEntry[]): void {
  const { kind, mode } = node.stat();
  if (kind === 'device') return;
  const entry: TreeEntry = { path: textOf(path), kind, mode };
  if (kind === 'symlink') entry.link = textOf(node.target());
  if (kind === 'file') entry.data = contentOf(node);
  into.push(entry);
  if (kind !== 'directory') return;
  for (const name of node.names().sort()) {
    const child = node.lookup(name);
    if (child) collect(child, join(path, name), into);
  }
}

function contentOf(node: Vnode): Buffer {
  const content = node.content(false);
  try {
    return Buffer.from(content.read(0, content.size()));
  } finally {
    content.close();
  }
}

/**
 * Unpacks entries below a directory, which is made with its parents when it is missing. What is there is replaced,
 * directories are kept.
 * @throws Errno, for example ENOTDIR when the path is a file.
 */
export function writeTree(vfs: Vfs, path: string, entries: TreeEntry[]): void {
  const top = bytesOf(path);
  makeDirectories(vfs, top);
  for (const entry of entries) {
    const at = join(top, bytesOf(entry.path).replace(/^\/+/, ''));
    if (entry.kind === 'directory') makeDirectories(vfs, at, entry.mode);
    else put(vfs, at, entry);
  }
}

/** mkdir -p; the mode is that of the last directory. */
export function makeDirectories(vfs: Vfs, path: Bytes, mode = 0o755): void {
  let at = '/';
  for (const part of path.split('/').filter((name) => name !== '' && name !== '.')) {
    at = join(at, part);
    const kind = vfs.find('/', at)?.kind;
    if (kind === undefined) vfs.makeDirectory('/', at, 0o755);
    else if (kind !== 'directory') throw new Errno('ENOTDIR');
  }
  if (mode !== 0o755) vfs.setMode('/', path, mode & 0o7777);
}

function put(vfs: Vfs, at: Bytes, entry: TreeEntry): void {
  makeDirectories(vfs, at.slice(0, at.lastIndexOf('/')) || '/');
  const old = vfs.find('/', at, false);
  if (old?.kind === 'directory') throw new Errno('EISDIR');
  if (old) vfs.remove('/', at, false);
  if (entry.kind === 'symlink') vfs.link('/', at, bytesOf(entry.link ?? ''));
  else putFile(vfs, at, entry);
}

function putFile(vfs: Vfs, at: Bytes, entry: TreeEntry): void {
  const { dir, name } = vfs.place('/', at, false);
  const content = dir.make(name, { kind: 'file', mode: entry.mode & 0o7777 }).content(true);
  content.write(0, entry.data ?? Buffer.alloc(0));
  content.close();
}
