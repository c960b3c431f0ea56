import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { defectsFromEnvironment } from '../defects/spoil.ts';
import { homeSocket } from '../home/home.ts';
import { serveConnection } from './connection.ts';
import { Hub } from './hub.ts';

const lookEveryMs = 300;
const defaultIdleMs = 4000;
/** Detached VMs nobody has asked about for so long are not waited for any more. */
const forgottenMs = 2 * 3_600_000;

/**
 * Serves a home's VMs until nobody needs them: it ends when the home has gone, some seconds after the last
 * connection and VM have gone, on SIGTERM, and in any case some time after it was forgotten.
 * @returns false when another daemon serves the home.
 */
export async function runDaemon(home: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const idleMs = Number(env.BOXLITE_REF_IDLE_MS ?? defaultIdleMs);
  await defectsFromEnvironment(env);
  const hub = new Hub(home);
  let connections = 0;
  let usedMs = performance.now();
  const server = createServer((socket) => {
    connections += 1;
    socket.once('close', () => {
      connections -= 1;
      usedMs = performance.now();
    });
    serveConnection(socket, hub);
  });
  // Of several daemons that start at once one gets the name.
  const name = homeSocket(home, 'vm');
  const listens = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false)).listen(name, () => resolve(true));
  });
  if (!listens) return false;
  const look = () => {
    // A home made anew under the same path is another one.
    if (!existsSync(home) || homeSocket(home, 'vm') !== name) return void end(hub, server);
    hub.sweep();
    if (connections > 0) return;
    const unusedMs = performance.now() - usedMs;
    if (unusedMs > (hub.running > 0 ? forgottenMs : idleMs)) void end(hub, server);
  };
  setInterval(look, lookEveryMs);
  hub.onEnd(() => {
    usedMs = performance.now();
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(hub, server));
  // Terminals and sessions of whoever started it are not its business.
  process.on('SIGHUP', () => {});
  return true;
}

async function end(hub: Hub, server: Server): Promise<void> {
  server.close();
  await hub.killAll();
  process.exit(0);
}
