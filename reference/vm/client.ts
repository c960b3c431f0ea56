import { connect as dial, type Socket } from 'node:net';
import type { Hypervisor } from './port.ts';
import { remoteHypervisor } from './remote.ts';
import { socketPath } from './socket-path.ts';

const attempts = 5;

/**
 * The hypervisor of a home; its daemon is started when it is not running.
 * @param home an existing directory.
 * @throws Error when the home is missing or the daemon does not come up.
 */
export async function connectHypervisor(home: string): Promise<Hypervisor> {
  const path = socketPath(home);
  for (let attempt = 1; ; attempt += 1) {
    const socket = await open(path);
    if (socket) return remoteHypervisor(socket);
    if (attempt === attempts) throw new Error(`the VM daemon of ${home} does not answer on ${path}`);
    // Loaded only when needed: most processes find the daemon running.
    const { launchDaemon } = await import('./launch.ts');
    await launchDaemon(home);
  }
}

/** As {@link connectHypervisor}, but null where no daemon runs, which also means that no VM does. */
export async function peekHypervisor(home: string): Promise<Hypervisor | null> {
  const socket = await open(socketPath(home));
  return socket && remoteHypervisor(socket);
}

/** Ends the daemon of a home and every VM it has, at once; nothing happens where none runs. */
export async function shutdownHypervisor(home: string): Promise<void> {
  const socket = await open(socketPath(home));
  if (!socket) return;
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const remote = remoteHypervisor(socket);
  await remote.shutdown().catch(() => {});
  await closed;
}

/** null when nobody listens. */
function open(path: string): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = dial(path);
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
      else reject(error);
    });
  });
}
