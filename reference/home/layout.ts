import { realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Where things live below a home. */
export const boxesDir = (home: string): string => join(home, 'boxes');
export const boxDir = (home: string, id: string): string => join(home, 'boxes', id);
export const recordFile = (home: string, id: string): string => join(home, 'boxes', id, 'box.json');
/** Written by the hypervisor when PID 1 has ended: n or 128+k. */
export const exitFile = (home: string, id: string): string => join(home, 'boxes', id, 'exit');
export const anonymousDir = (home: string): string => join(home, 'volumes', 'anonymous');
export const lockFile = (home: string): string => join(home, '.lock');

/**
 * Name of a socket of a home, in Linux' abstract namespace: the kernel gives it to one process and takes it back when
 * that process dies, SIGKILL included, so it is never stale. A home made anew under the same path has others.
 */
export function homeSocket(home: string, what: 'lock' | 'vm'): string {
  const path = realpathSync(home);
  return `\0boxlite-ref-${what}:${digest(`${path}:${statSync(path).ino}`)}`;
}

/** A short text for one of any length: two 32-bit hashes. */
function digest(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b) ^ (b >>> 13);
  }
  return `${(a >>> 0).toString(16)}-${(b >>> 0).toString(16)}`;
}
