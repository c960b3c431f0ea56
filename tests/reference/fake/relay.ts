import { connect, createServer, type Socket } from 'node:net';

/** A TCP relay whose connections can be cut; `opened` is how many there have been, `passed` what the server has said. */
export async function cuttingRelay(port: number) {
  const sockets = new Set<Socket>();
  let opened = 0;
  let passed = '';
  const server = createServer((from) => {
    opened += 1;
    const to = connect(port, '127.0.0.1');
    for (const socket of [from, to]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    from.pipe(to).pipe(from);
    to.on('data', (data) => {
      passed += data.toString('latin1');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const close = () => {
    cut();
    server.close();
  };
  return {
    port: (server.address() as { port: number }).port,
    opened: () => opened,
    passed: () => passed,
    cut,
    close,
  };
}
