import { connect as dial, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { homeSocket } from '../home/home.ts';
import type { Hypervisor } from './port.ts';
import { type RemoteHypervisor, remoteHypervisor } from './remote.ts';

const attempts = 5;
const startTimeoutMs = 20_000;

/**
 * The hypervisor of a home; its daemon is started when it is not running.
 * @param home an existing directory.
 * @param onLost called when the daemon goes before its connection was closed.
 * @throws Error when the home is missing or the daemon does not come up.
 */
export async function connectHypervisor(home: string, onLost: () => void = () => {}): Promise<Hypervisor> {
  const path = homeSocket(home, 'vm');
  for (let attempt = 1; ; attempt += 1) {
    const remote = await reach(path, onLost);
    if (remote) return remote;
    if (attempt === attempts) throw new Error(`the VM daemon of ${home} does not answer`);
    await launchDaemon(home);
  }
}

/** null when nobody serves the socket, or only a daemon that is just dying. */
async function reach(path: string, onLost: () => void): Promise<RemoteHypervisor | null> {
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

/**
 * Starts the daemon of a home, detached from this process, and waits until it serves.
 * @throws Error with what it wrote when it does not come up.
 */
async function launchDaemon(home: string): Promise<void> {
  // Loaded only when needed: most processes find the daemon running.
  const { spawn } = await import('node:child_process');
  const daemon = fileURLToPath(new URL('./daemon.ts', import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', daemon, home], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  return new Promise((resolve, reject) => {
    const done = (error?: Error) => {
      clearTimeout(timer);
      child.stdout.destroy();
      child.stderr.destroy();
      child.removeAllListeners();
      child.unref();
      if (error) reject(error);
      else resolve();
    };
    const fail = (what: string) =>
      done(new Error(`the VM daemon of ${home} ${what}: ${said.trim() || 'it said nothing'}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`was not ready within ${startTimeoutMs / 1000} s`);
    }, startTimeoutMs);
    child.once('error', (error) => done(error));
    child.once('exit', (code) => fail(`ended at once with ${code}`));
    child.stdout.on('data', () => done());
    child.stderr.on('data', (data) => {
      said += String(data).slice(0, 4096);
    });
  });
}
