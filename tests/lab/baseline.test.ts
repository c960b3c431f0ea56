import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { homesOfLane, LAB_LANES } from '../../lab/index.ts';
import { portOfLane } from '../../lab/lanes.ts';
import { guestFile } from '../../lab/paths.ts';

const lanes = Array.from({ length: LAB_LANES }, (_, lane) => homesOfLane(lane));

/** What the guest's helper says of a lane, on this machine: of what it says, what is ours. */
const baselineOf = (lane: number, mark: string): string[] => {
  const { cli, serve, sdk } = homesOfLane(lane);
  const text = execFileSync(guestFile('baseline.pl'), [cli, serve, sdk]).toString();
  return text.split('\n').filter((line) => line.includes(mark));
};

/** A process that says when it runs, with arguments of its own. */
async function program(script: string, ...args: string[]): Promise<void> {
  const child = spawn('sh', ['-c', script, 'sh', ...args], { stdio: ['pipe', 'pipe', 'ignore'] });
  onTestFinished(() => void child.stdin.end());
  await once(child.stdout, 'data');
}

const newMark = () => `m${randomBytes(6).toString('hex')}`;

test('each lane has homes and a server of its own, and init starts and makes them', () => {
  expect(new Set(lanes.flatMap(Object.values)).size).toBe(3 * LAB_LANES);
  const served = readFileSync(guestFile('inittab'), 'utf8').match(/(?<=boxcheck\/serve ).*/gu);
  expect(served).toEqual(lanes.map(({ serve }, lane) => `${serve} ${portOfLane(lane)}`));
  const made = /mkdir -p (\/h\/.*)/u.exec(readFileSync(guestFile('init.sh'), 'utf8'))?.[1]?.split(' ');
  expect(new Set(made)).toEqual(new Set(lanes.flatMap(Object.values)));
});

test.each([
  ['a home', ['--home', '/h/c1', 'run']],
  ['the home of the SDK', ['-c', '/h/p1', 'driver']],
  ['a path below a home', ['--bind', '/h/s1/boxes/b/mounts']],
])('a process that names %s of a lane exists for that lane alone, and so do its children', async (_, args) => {
  const mark = newMark();
  await program(`sh -c 'echo; read _' ${mark}child; :`, mark, ...args);
  expect(baselineOf(1, mark)).toHaveLength(2);
  expect(baselineOf(0, mark)).toEqual([]);
});

test('a process that names a box is told by its program and that box', async () => {
  const id = randomBytes(6).toString('hex');
  await program('echo; read _', `/h/c2/boxes/${id}/bin/shim`);
  expect(baselineOf(2, id)).toEqual([`process sh of box ${id}`]);
  expect(baselineOf(0, id)).toEqual([]);
});

test('a process that names nothing of any lane counts for every lane', async () => {
  const mark = newMark();
  await program('echo; read _', mark, '/h/', '/home/c1', '/h/c12x');
  for (const lane of [0, 1]) expect(baselineOf(lane, mark)).toHaveLength(1);
});

test('a zombie that its living parent does not reap is told, of the lane of that parent', async () => {
  const mark = newMark();
  const script = `import os,sys,time
open('/proc/self/comm','w').write(sys.argv[1])
if not os.fork(): os._exit(0)
time.sleep(1); print(flush=True); sys.stdin.read()`;
  const child = spawn('python3', ['-c', script, mark, '/h/c1'], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.stdin.end());
  await once(child.stdout, 'data');
  expect(baselineOf(1, 'zombie')).toContain(`process zombie ${mark}`);
});

test('a home whose name begins like that of another lane is not taken for it', async () => {
  const mark = newMark();
  await program('echo; read _', mark, '/h/c');
  expect([0, 1].map((lane) => baselineOf(lane, mark).length)).toEqual([1, 0]);
});

test('a port that somebody listens on is told, and of another lane it is not', async () => {
  const here = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void here.close());
  await once(here, 'listening');
  const { port } = here.address() as { port: number };
  expect(baselineOf(0, `port ${port}`)).toEqual([`port ${port}`]);
  const listen = `import socket,sys
s=socket.socket(); s.bind(('127.0.0.1',0)); s.listen(); print(s.getsockname()[1],flush=True); sys.stdin.read()`;
  const child = spawn('python3', ['-c', listen, '/h/s3'], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void child.stdin.end());
  const [data] = await once(child.stdout, 'data');
  const theirs = `port ${String(data).trim()}`;
  expect([3, 0].map((lane) => baselineOf(lane, theirs))).toEqual([[theirs], []]);
});
