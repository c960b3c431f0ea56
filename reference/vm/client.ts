import { readFileSync } from 'node:fs';
import { connect as dial, type Socket } from 'node:net';
import { homeSocket } from '../home/home.ts';
import type { Hypervisor } from './port.ts';
import { type RemoteHypervisor, remoteHypervisor } from './remote.ts';

const attempts = 5;
const lookEveryMs = 5;

/**
 * The hypervisor of a home; its daemon is started when it is not running.
 * @param home an existing directory.
 * @param onLost called when the daemon goes before its connection was closed.
 * @throws Error when the home is missing or the daemon does not come up.
 */
export async function connectHypervisor(home: string, onLost?: () => void): Promise<Hypervisor> {
  const path = homeSocket(home, 'vm');
  for (let attempt = 1; ; attempt += 1) {
    const remote = await reach(path, onLost);
    if (remote) return remote;
    if (attempt === attempts) throw new Error(`the VM daemon of ${home} does not answer`);
    // Loaded only when needed: most processes find the daemon running.
    const { launchDaemon } = await import('./launch.ts');
    await launchDaemon(home);
  }
}

/** Ends the daemon of a home and every VM it has, at once; nothing happens where none runs. */
export async function shutdownHypervisor(home: string): Promise<void> {
  const remote = await reach(homeSocket(home, 'vm'));
  if (!remote) return;
  const pid = await remote.hello();
  await remote.shutdown().catch(() => {});
  while (isThere(pid)) await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
}

/** A zombie counts as gone: its parent may be slow. */
function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'latin1'));
  } catch {
    return false;
  }
}

/** null when nobody serves the socket, or only a daemon that is just dying. */
async function reach(path: string, onLost: () => void = () => {}): Promise<RemoteHypervisor | null> {
  const socket = await open(path);
  if (!socket) return null;
  const remote = remoteHypervisor(socket, onLost);
  try {
    await remote.hello();
    return remote;
  } catch {
    return null;
  }
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
      if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '')) resolve(null);
      else reject(error);
    });
  });
}
