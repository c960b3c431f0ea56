import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { mountsBelow } from '../../machine/mounts.ts';
import { listeningPorts } from '../../machine/ports.ts';
import {
  parseStat,
  processesMentioning,
  readProcess,
  signalProcess,
  stillRuns,
} from '../../machine/process.ts';
import { lookUntil } from '../../machine/until.ts';
import { which } from '../../machine/which.ts';

function root() {
  const dir = mkdtempSync(join(tmpdir(), 'bcm'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function sleeper(args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', ...args], { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child.pid as number;
}

test('a process is found by an argument or by its environment, and killed only as itself', async () => {
  const dir = root();
  const pids = [sleeper([`${dir}/x`], {}), sleeper([], { HOME: dir })];
  sleeper([], { OLDPWD: dir });
  await expect
    .poll(() =>
      processesMentioning(dir)
        .map((it) => it.pid)
        .sort(),
    )
    .toEqual(pids.sort());
  const [first] = processesMentioning(dir);
  if (!first) throw new Error('found before');
  expect(signalProcess({ ...first, startTicks: first.startTicks + 1 }, 'SIGKILL')).toBe(false);
  expect(stillRuns(first)).toBe(true);
  expect(signalProcess(first, 'SIGKILL')).toBe(true);
  await expect.poll(() => stillRuns(first)).toBe(false);
  expect(readProcess(first.pid)).toBe(null);
});

test('a listening port that opens or closes after a look is told by the next one', async () => {
  const portsNow = () => listeningPorts([process.pid]).map(({ port }) => port);
  const before = portsNow();
  expect(portsNow()).toEqual(before);
  const tcp = createServer();
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const { port } = tcp.address() as AddressInfo;
  expect(portsNow()).toEqual([...before, port]);
  expect(portsNow()).toEqual([...before, port]);
  const client = connect(port, '127.0.0.1');
  await once(client, 'connect');
  expect(portsNow()).toEqual([...before, port]);
  client.destroy();
  await new Promise<void>((resolve) => tcp.close(() => resolve()));
  expect(portsNow()).toEqual(before);
});

test('mounts below a directory come the deepest first', () => {
  const below = mountsBelow('/proc');
  expect(below.at(-1)).toBe('/proc');
  expect(mountsBelow('/pro')).toEqual([]);
});

test('lookUntil looks at once, stops when it is good, and gives the last look at the deadline', async () => {
  let looks = 0;
  expect(
    await lookUntil(
      () => ++looks,
      5_000,
      (n) => n === 3,
    ),
  ).toBe(3);
  expect(
    await lookUntil(
      () => 'never',
      50,
      () => false,
    ),
  ).toBe('never');
  expect(
    await lookUntil(
      () => 'once',
      0,
      () => false,
    ),
  ).toBe('once');
});

const stat = (name: string, state: string) =>
  `77 (${name}) ${state} ${Array.from({ length: 18 }, (_, i) => i).join(' ')} 4711 0 0`;

test('the start time of a process is found whatever it calls itself; zombies count as gone', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 15 }), (name) => {
      expect(parseStat(stat(name, 'S'))).toEqual({ ppid: 0, startTicks: 4711 });
      expect(parseStat(stat(name, 'Z'))).toBeNull();
    }),
  );
  expect(parseStat('')).toBeNull();
});

test('a program is found on the PATH, by its own path, and in the system directories a PATH may lack', () => {
  expect(which('sh', '')).toMatch(/\/sh$/);
  expect(which('/bin/sh', '/no/such')).toBe('/bin/sh');
  expect(which('no-such-program-of-boxcheck')).toBeNull();
});
