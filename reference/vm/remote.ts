import { connect as dial, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { defect } from '../defects/switch.ts';
import { homeSocket } from '../home/home.ts';
import { type EndListener, type Hypervisor, type ProcessEvent, SpawnError } from './port.ts';
import { type Response, speak } from './protocol.ts';

export interface RemoteHypervisor extends Hypervisor {
  /** Resolves when the daemon is well. */
  hello(): Promise<void>;
}

interface Pending {
  resolve: (value: never) => void;
  reject: (error: Error) => void;
}

const lost = () => new Error('the connection to the VM daemon was lost');

/**
 * The daemon's side of the port, over a connected socket.
 * @param onLost called when the daemon closes it, and takes its VMs with it.
 */
export function remoteHypervisor(socket: Socket, onLost: () => void): RemoteHypervisor {
  const pending = new Map<number, Pending>();
  const subscriptions = new Map<number, (event: ProcessEvent) => void>();
  const endListeners: EndListener[] = [];
  let last = 0;
  let closing = false;

  const send = speak<Response>(socket, (message) => {
    if ('subscription' in message) {
      subscriptions.get(message.subscription)?.(message.event);
    } else if ('end' in message) {
      for (const listener of endListeners) listener(message.end);
    } else {
      const waiting = pending.get(message.id);
      pending.delete(message.id);
      if ('value' in message) return waiting?.resolve(message.value as never);
      const { failure, message: text } = message.error;
      waiting?.reject(failure ? new SpawnError(failure) : new Error(text));
    }
  });

  const call = <T>(name: string, ...args: unknown[]): Promise<T> =>
    new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(lost());
      const id = ++last;
      pending.set(id, { resolve, reject });
      send({ id, call: name, args });
    });

  socket.on('close', () => {
    for (const { reject } of pending.values()) reject(lost());
    pending.clear();
    if (closing) return;
    // Everybody who waits is told.
    for (const listener of [...subscriptions.values()]) listener({ kind: 'exit', code: null });
    onLost();
  });

  return {
    vms: () => call('vms'),
    boot: (spec) => call('boot', spec),
    start: (box, process) => call('start', box, process),
    follow: async (box, process, listener) => {
      const subscription = ++last;
      subscriptions.set(subscription, (event) => {
        if (event.kind === 'exit') subscriptions.delete(subscription);
        listener(event);
      });
      try {
        await call('follow', box, process, subscription);
      } catch (error) {
        subscriptions.delete(subscription);
        throw error;
      }
    },
    write: (box, process, data) => call('write', box, process, data),
    signal: (box, process, signal) => call('signal', box, process, signal),
    resize: (box, process, rows, cols) => call('resize', box, process, rows, cols),
    stop: (box) => call('stop', box),
    kill: (box) => call('kill', box),
    readTree: (box, path) => call('readTree', box, path),
    writeTree: (box, path, entries, user) => call('writeTree', box, path, entries, user),
    flush: (box) => call('flush', box),
    setPolicy: (box, policy) => call('setPolicy', box, policy),
    onEnd: (listener) => {
      endListeners.push(listener);
    },
    close: async () => {
      if (socket.destroyed) return;
      await call('close').catch(() => {});
      closing = true;
      subscriptions.clear();
      socket.end();
    },
    hello: () => call('hello'),
  };
}

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
    // In a session of its own: no terminal that hangs up is its own.
    detached: !defect('detached-dies-with-terminal'),
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
