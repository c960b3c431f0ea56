import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listeningPorts } from '../../../../machine/ports.ts';
import { traces } from '../../../../runtime/targets/local/trace.ts';

test('traces are sockets, box directories and ports, but not what is ignored nor the own server', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'bcm'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const homes = { server: join(dir, 's'), local: join(dir, 'l') };
  for (const home of Object.values(homes)) mkdirSync(join(home, 'boxes', 'b'), { recursive: true });
  const socket = createServer();
  await new Promise<void>((resolve) => socket.listen(join(homes.local, 'x.sock'), resolve));
  onTestFinished(() => void socket.close());
  const tcp = createServer();
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void tcp.close());
  const { port } = tcp.address() as AddressInfo;
  const places = { root: dir, homes, server: { pid: process.pid, port: 1 }, ignored: [/boxes/] };
  expect(traces(places).map((it) => it.line)).toEqual([
    'path <local>/x.sock',
    ...listeningPorts([process.pid]).map((it) => `port ${it.address} of serve`),
  ]);
  expect(traces(places).map((it) => it.line)).toContain(`port 127.0.0.1:${port} of serve`);
  const lines = traces({ ...places, server: { pid: process.pid, port }, ignored: [] }).map((it) => it.line);
  expect(lines).not.toContain(`port 127.0.0.1:${port} of serve`);
  expect(lines).toContain('path <server>/boxes/b');
});
