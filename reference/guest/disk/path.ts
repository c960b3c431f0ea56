import type { Bytes } from '../bytes.ts';

/** An absolute path without `.`, `..` and doubled slashes; `..` is taken by the text, links are not looked at. */
export function normal(cwd: Bytes, path: Bytes): Bytes {
  const parts: Bytes[] = [];
  for (const part of (path.startsWith('/') ? path : `${cwd}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** Last component; `/` has none and is itself. */
export function baseName(path: Bytes): Bytes {
  const bare = path.replace(/\/+$/, '');
  return bare === '' ? (path === '' ? '' : '/') : bare.slice(bare.lastIndexOf('/') + 1);
}

/** All but the last component, `.` where there is none. */
export function dirName(path: Bytes): Bytes {
  const bare = path.replace(/\/+$/, '');
  const at = bare.lastIndexOf('/');
  if (at < 0) return bare === '' && path !== '' ? '/' : '.';
  return bare.slice(0, at).replace(/\/+$/, '') || '/';
}

/** A path with one more component. */
export const join = (dir: Bytes, name: Bytes): Bytes => (dir.endsWith('/') ? dir + name : `${dir}/${name}`);
