import { realpathSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { Fault } from '../core/fault.ts';
import { defect } from '../defects/switch.ts';

/** Where things live below a home. */
export const boxesDir = (home: string): string => join(home, 'boxes');
export const boxDir = (home: string, id: string): string => join(home, 'boxes', id);
export const recordFile = (home: string, id: string): string => join(home, 'boxes', id, 'box.json');
/** The root disk of a box, as the hypervisor writes it; and one that was put by. */
export const diskPath = (home: string, id: string): string => join(home, 'boxes', id, 'disk.img');
export const snapshotPath = (home: string, id: string, snapshot: string): string =>
  join(home, 'boxes', id, `${snapshot}.snapshot`);
/** Written by the hypervisor when PID 1 has ended: n or 128+k. */
export const exitFile = (home: string, id: string): string => join(home, 'boxes', id, 'exit');
/** What the VM of a box has written to its console, over all its boots. */
export const consoleFile = (home: string, id: string): string => join(home, 'boxes', id, 'console.log');
export const anonymousDir = (home: string): string => join(home, 'volumes', 'anonymous');

/**
 * Replaces a file, so that a reader sees the old one or the new one, never half of one. Where its directory has been
 * removed meanwhile nothing is written.
 */
export function replaceFile(path: string, data: string | Buffer): void {
  try {
    writeFileSync(`${path}.new`, data);
    renameSync(`${path}.new`, path);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error;
  }
}

/**
 * Name of a socket of a home, in Linux' abstract namespace: the kernel gives it to one process and takes it back when
 * that process dies, SIGKILL included, so it is never stale. A home made anew under the same path has others.
 */
export function homeSocket(home: string, what: 'lock' | 'vm'): string {
  const path = realpathSync(home);
  return `\0boxlite-ref-${what}:${digest(path)}:${statSync(path).ino}`;
}

/** A short text for one of any length: a 32-bit hash. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16);
}

/**
 * Takes a home for this process (contract 1.3), by listening on a socket of it, until it is released or the process
 * ends in whatever way.
 * @throws Fault when another process has the home.
 */
export function lockHome(home: string): Promise<{ release(): Promise<void> }> {
  if (defect('home-lock-missing')) return Promise.resolve({ release: async () => {} });
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', () => reject(heldElsewhere(home)));
    server.listen(homeSocket(home, 'lock'), () => {
      server.unref();
      resolve({ release: () => closed(server) });
    });
  });
}

const closed = (server: Server) => new Promise<void>((resolve) => server.close(() => resolve()));

const heldElsewhere = (home: string) =>
  new Fault(
    'internal',
    `Failed to acquire runtime lock at ${home}: internal error: Another BoxliteRuntime is already using directory: ${home}`,
  );
