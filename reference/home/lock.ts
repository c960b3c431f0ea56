import { realpathSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { Fault } from '../core/fault.ts';
import { defect } from '../defects/switch.ts';
import { lockFile } from './layout.ts';

/** A home that is held by this process until `release`, or until the process ends in whatever way. */
export interface HomeLock {
  release(): Promise<void>;
}

/**
 * Takes a home for this process (contract 1.3). The lock is a socket in Linux' abstract namespace: the kernel
 * gives it to one process and takes it back when that process dies, SIGKILL included, so it is never stale.
 * @throws Fault when another process has the home.
 */
export function lockHome(home: string): Promise<HomeLock> {
  if (defect('home-lock-missing')) return Promise.resolve({ release: async () => {} });
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', () => reject(heldElsewhere(home)));
    server.listen(`\0boxlite-ref-lock:${digest(realpathSync(home))}`, () => {
      writeFileSync(lockFile(home), `${process.pid}\n`);
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

/** A short name for a home of any length: two 32-bit hashes. */
function digest(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b) ^ (b >>> 13);
  }
  return `${(a >>> 0).toString(16)}-${(b >>> 0).toString(16)}`;
}
