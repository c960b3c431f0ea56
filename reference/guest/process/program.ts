import type { Bytes } from '../bytes.ts';
import { join } from '../disk/path.ts';
import type { Vfs } from '../disk/vfs.ts';
import type { Vnode } from '../disk/vnode.ts';

/** First bytes of the one executable this guest can run: the multi-call binary behind all applets. */
export const binaryMagic: Bytes = '\x7fELF boxcheck guest applets\n';

export type Resolution =
  | { found: true; path: Bytes }
  | { found: false; failure: 'not-found' | 'is-directory' | 'permission-denied' };

/** Looks a command up as execvp does: by path when it has a slash, else along PATH. */
export function findProgram(vfs: Vfs, cwd: Bytes, searchPath: Bytes, name: Bytes): Resolution {
  if (name.includes('/')) return judge(vfs.find(cwd, name), name);
  let worst: Resolution = { found: false, failure: 'not-found' };
  if (name === '') return worst;
  for (const dir of searchPath.split(':')) {
    const path = join(dir || '.', name);
    const result = judge(vfs.find(cwd, path), path);
    if (result.found) return result;
    if (result.failure === 'permission-denied') worst = result;
  }
  return worst;
}

function judge(node: Vnode | null, path: Bytes): Resolution {
  if (!node) return { found: false, failure: 'not-found' };
  if (node.kind === 'directory') return { found: false, failure: 'is-directory' };
  const executable = node.kind === 'file' && (node.stat().mode & 0o111) !== 0;
  return executable ? { found: true, path } : { found: false, failure: 'permission-denied' };
}

/** What an executable file turns out to be. */
export type Image = { is: 'applet' } | { is: 'script'; interpreter: Bytes[] } | { is: 'text' };

/** Reads the first bytes of an executable. */
export function imageOf(node: Vnode): Image {
  const content = node.content(false);
  try {
    const head = content.read(0, 256).toString('latin1');
    if (head.startsWith(binaryMagic)) return { is: 'applet' };
    const line = /^#![ \t]*([^ \t\n]+)[ \t]*([^\n]*)/.exec(head);
    if (!line?.[1]) return { is: 'text' };
    return { is: 'script', interpreter: line[2] ? [line[1], line[2].trimEnd()] : [line[1]] };
  } finally {
    content.close();
  }
}
