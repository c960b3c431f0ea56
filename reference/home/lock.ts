import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { Fault } from '../core/fault.ts';
import { defect } from '../defects/switch.ts';
import { homeSocket, lockFile } from './layout.ts';

/** A home that is held by this process until `release`, or until the process ends in whatever way. */
export interface HomeLock {
  release(): Promise<void>;
}

/**
 * Takes a home for this process (contract 1.3), by listening on a socket of it.
 * @throws Fault when another process has the home.
 */
export function lockHome(home: string): Promise<HomeLock> {
  if (defect('home-lock-missing')) return Promise.resolve({ release: async () => {} });
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', () => reject(heldElsewhere(home)));
    server.listen(homeSocket(home, 'lock'), () => {
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
