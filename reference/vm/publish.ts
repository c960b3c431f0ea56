import { createServer, type Server, type Socket } from 'node:net';
import { defect } from '../defects/switch.ts';
import type { PortSpec } from './port.ts';

/** What was published for a VM. */
export interface Published {
  close(): void;
}

/**
 * Publishes ports of a guest on the loopback (contract 14.3). Who comes to one that nothing in the guest serves is let in
 * and told nothing, as a proxy does it.
 * @param serves whether something in the guest serves a port now.
 * @throws Error when a port is taken; nothing is published then.
 */
export async function publish(
  ports: readonly PortSpec[],
  serves: (guest: number) => boolean,
): Promise<Published> {
  const servers: Server[] = [];
  const sockets = new Set<Socket>();
  const close = () => {
    if (!defect('port-kept-after-stop')) for (const server of servers) server.close();
    for (const socket of sockets) socket.destroy();
  };
  try {
    for (const { host, guest } of defect('port-not-published') ? [] : ports) {
      const wanted = defect('wrong-guest-port') ? guest + 1 : guest;
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => sockets.delete(socket));
        if (serves(wanted)) echo(socket);
        else socket.destroy();
      });
      if (defect('second-connection-refused')) server.maxConnections = 1;
      await listening(server, host, guest);
      servers.push(server);
    }
  } catch (error) {
    close();
    throw error;
  }
  return { close };
}

const echo = (socket: Socket): void => {
  socket.on('data', (chunk: Buffer) => {
    if (defect('port-bytes-changed')) for (const [i, byte] of chunk.entries()) chunk[i] = byte & 0x7f;
    socket.write(chunk);
  });
};

function listening(server: Server, host: number, guest: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') reject(error);
    else if (defect('taken-port-accepted')) resolve();
    else reject(new Error(`cannot publish port ${guest}: listen 127.0.0.1:${host}: address already in use`));
  });
  server.listen(host, '127.0.0.1', resolve);
  return promise;
}
