import { createServer } from 'node:net';

/**
 * Finds as many different free ports of the loopback as asked for. They are free now; QEMU says so if not any
 * more.
 */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, listen));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function listen() {
  const { promise, resolve, reject } = Promise.withResolvers<ReturnType<typeof createServer>>();
  const server = createServer();
  server.once('error', reject);
  server.listen(0, '127.0.0.1', () => resolve(server));
  return promise;
}
