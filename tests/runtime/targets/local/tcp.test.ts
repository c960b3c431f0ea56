import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { InfrastructureError } from '../../../../domain/infrastructure-error.ts';
import { hostPorts, localTcp, type Tcp } from '../../../../runtime/targets/local/tcp.ts';

let ports: ReturnType<typeof hostPorts>;
let server: Server | undefined;
const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');

beforeEach(() => {
  ports = hostPorts(localTcp);
});
afterEach(async () => {
  server?.close();
  server = undefined;
  await ports.dispose();
});

const serving = async (limit: number) => {
  server = createServer((socket) => void socket.pipe(socket));
  server.maxConnections = limit;
  const port = await ports.port(1);
  await new Promise<void>((resolve) => void server?.listen(port, '127.0.0.1', resolve));
};

it('gives what comes back over each connection, all of them open at once', async () => {
  await serving(2);
  expect(await ports.connect(1, bytes, 2, 2)).toBe(bytes + bytes);
});

it('gives less where a second connection is not served', async () => {
  await serving(1);
  expect(await ports.connect(1, bytes, 2, 2)).toBe(bytes);
});

it('tells a port where nobody listens from one that tells nothing', async () => {
  expect(await ports.connect(1, 'a', 1, 2)).toBeNull();
  server = createServer((socket) => void socket.destroy());
  const port = await ports.port(1);
  await new Promise<void>((resolve) => void server?.listen(port, '127.0.0.1', resolve));
  expect(await ports.connect(1, 'a', 1, 2)).toBe('');
});

it('holds a port, which answers everybody the same, until the end; one that is taken it does not get', async () => {
  expect(await ports.listen(1)).toBe(true);
  expect(await ports.connect(1, 'a', 2, 2)).toBe('held\nheld\n');
  expect(await ports.listen(1)).toBe(false);
  await ports.dispose();
  expect(await ports.connect(1, 'a', 1, 2)).toBeNull();
}, 20_000);

it('gives each symbol a port of its own', async () => {
  const all = await Promise.all([1, 2, 3, 4].map(ports.port));
  expect(new Set(all).size).toBe(4);
  expect(await ports.port(1)).toBe(all[0]);
});

it('believes nothing where a listener of its own is not reached either, and says so', async () => {
  const broken: Tcp = (argv, stdin) =>
    argv.includes('connect') ? localTcp(['sh', '-c', 'exit 4'], stdin) : localTcp(argv, stdin);
  await expect(hostPorts(broken).connect(1, 'a', 1, 2)).rejects.toThrow(InfrastructureError);
});
