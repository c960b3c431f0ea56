import { spawn } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BoxRecord, type GuardedVerb, guard, isJob } from '../core/box.ts';
import { invalidState, noSuchBox } from '../core/fault.ts';
import type { DefectName } from '../defects.ts';
import { boxDir, recordFile } from '../home/home.ts';
import type { MountSpec } from '../vm/port.ts';
import { defect } from './switch.ts';

// What seeded defects do where a switch at the right place is not enough; loaded only when one is switched on.
export { spoiled, spoiledMainCode } from './output.ts';

/** Being late for a defect. Tests make it short with `BOXLITE_REF_LATE_FACTOR`. */
export const late = (ms: number): Promise<void> =>
  pause(ms * Number(process.env.BOXLITE_REF_LATE_FACTOR ?? 1));

/** Refuses starts that the contract allows. */
export function spoiledStart(box: BoxRecord): void {
  if (box.status === 'stopped' && defect('start-after-stop-fails'))
    throw invalidState(`Handle of box ${box.id} invalidated after stop()`);
  if (defect('sometimes-start-refused')) throw noSuchBox(box.id);
}

/** The guard of contract 3.2, as it is or spoiled; `start` boots the box. */
export async function spoiledGuard(
  box: BoxRecord,
  verb: GuardedVerb,
  start: () => Promise<void>,
): Promise<void> {
  const resting = box.status !== 'running';
  if (resting && isJob(box) && defect('job-auto-started')) return;
  if (resting && !isJob(box) && defect('sandbox-not-started'))
    throw invalidState(`Cannot ${verb} box ${box.id}: it is ${box.status}`);
  if (resting && isJob(box) && defect('refusal-starts-box'))
    await start().then(() => guard({ ...box, status: 'stopped' }, verb));
  guard(box, verb);
}

type Env = Record<string, string>;

/** Environments as they reach a command: that of its box, and the one over it. `box` is changed by one that stays. */
export function spoiledEnvs(box: Env, given: Env, init: boolean): [own: Env, given: Env] {
  const own = !init && defect('box-env-not-for-exec') ? {} : spoiledEnv(box);
  if (!init && defect('exec-env-stays')) Object.assign(box, given);
  if (Object.keys(given).some((key) => key in own) && defect('box-env-wins'))
    return [own, { ...spoiledEnv(given), ...own }];
  return [own, spoiledEnv(given)];
}

/** What is lost of an environment, one entry a defect: what it keeps of each pair; null for nothing. */
const losses = [
  ['env-value-trimmed', ([key, value]) => [key, value.trim()]],
  ['env-value-cut', ([key, value]) => [key, value.slice(0, 4_096)]],
  ['env-line-cut', ([key, value]) => [key, value.split('\n')[0] ?? '']],
  ['env-empty-dropped', ([key, value]) => (value === '' ? null : [key, value])],
  ['env-odd-name-dropped', ([key, value]) => (/^\w+$/.test(key) ? [key, value] : null)],
  ['env-many-dropped', ([key, value], i) => (i < 128 ? [key, value] : null)],
] as const satisfies readonly [DefectName, (pair: [string, string], i: number) => [string, string] | null][];

function spoiledEnv(env: Env): Env {
  let pairs: [string, string][] = Object.entries(env);
  if (pairs.length > 0 && defect('env-lost')) return {};
  for (const [name, kept] of losses) {
    const left = pairs.map(kept).filter((pair) => pair !== null);
    if (JSON.stringify(left) !== JSON.stringify(pairs) && defect(name)) pairs = left;
  }
  return Object.fromEntries(pairs);
}

/** Mounts a box is booted with; `all` are the records of its home. */
export function spoiledMounts(box: BoxRecord, all: Iterable<BoxRecord>): MountSpec[] {
  let { mounts } = box.spec;
  if (mounts.length > 0 && box.runs > 0 && defect('mounts-lost-after-restart')) return [];
  const everyone = [...all].flatMap(({ spec }) => spec.mounts);
  if (everyone.length > mounts.length && defect('mounts-of-other-boxes')) mounts = everyone;
  if (mounts.length > 1 && defect('nested-mount-lost'))
    mounts = mounts.filter((one) => !mounts.some((other) => isBelow(one, other)));
  if (defect('marker-changed')) for (const mount of mounts) scribble(mount.source);
  return mounts.map((mount) => ({ ...mount, at: placeOf(mount), mode: modeOf(mount, mounts) }));
}

const isBelow = (one: MountSpec, other: MountSpec): boolean => one.at.startsWith(`${other.at}/`);

const placeOf = (mount: MountSpec): string => (defect('mount-at-wrong-path') ? `/mnt${mount.at}` : mount.at);

function modeOf(mount: MountSpec, mounts: MountSpec[]): 'ro' | 'rw' {
  if (mount.mode === 'ro' && defect('ro-not-enforced')) return 'rw';
  if (mount.mode === 'rw' && defect('rw-not-writable')) return 'ro';
  const first = mounts[0]?.mode ?? mount.mode;
  return first !== mount.mode && defect('first-mode-for-all') ? first : mount.mode;
}

/** Only a file called `marker` is touched: nothing else of the user's is ever at risk. */
function scribble(source: string): void {
  const file = statSync(source).isDirectory() ? join(source, 'marker') : source;
  if (file.endsWith('/marker')) writeFileSync(file, 'changed by the runtime\n');
}

/** Whether a create body with volumes goes through, against contract 4.4. */
export const acceptsVolumes = (): boolean =>
  defect('rest-volumes-ignored') || defect('rest-host-path-mounted');

/** Mounts made of REST volumes, whatever the client called the fields. */
export function restMounts(volumes: unknown[]): MountSpec[] {
  if (volumes.length === 0 || !defect('rest-host-path-mounted')) return [];
  return volumes.flatMap((volume, index) => {
    const [source, at] = pathsOf(volume);
    return source && at ? [{ tag: `vol${index}`, source, at, mode: 'rw' as const }] : [];
  });
}

const pathsOf = (volume: unknown): string[] =>
  typeof volume === 'string'
    ? volume.split(':')
    : Object.values(volume as object).filter((field) => typeof field === 'string' && field.startsWith('/'));

const namesFile = (home: string) => join(home, 'names');

/** Keeps the name of a removed box. */
export function keepName(home: string, box: BoxRecord): void {
  if (box.name !== null && defect('name-not-freed'))
    appendFileSync(namesFile(home), `${JSON.stringify(box.name)}\n`);
}

/** Whether a name was kept. */
export const isKeptName = (home: string, name: string): boolean =>
  defect('name-not-freed') &&
  existsSync(namesFile(home)) &&
  readFileSync(namesFile(home), 'utf8').split('\n').includes(JSON.stringify(name));

/** What a boot leaves behind. */
export function leakAtBoot(home: string, id: string): void {
  if (defect('helper-process-left')) helper(home, id, 'exec sleep 60');
  if (defect('port-left-open')) createServer().listen(0, '127.0.0.1').unref();
}

/** Whether a removal leaves the directory of a box, or a socket beside it. */
export function leakAtRemoval(home: string, id: string): boolean {
  if (defect('rm-leaves-socket')) leaveSocket(join(home, 'sockets'), id);
  if (defect('removed-box-returns')) return true;
  if (defect('removal-late')) {
    rmSync(recordFile(home, id), { force: true });
    helper(home, id, 'sleep 10; rm -rf "$0"');
    return true;
  }
  if (!defect('rm-leaves-directory')) return false;
  rmSync(recordFile(home, id), { force: true });
  return true;
}

/** A socket nobody listens on. A server that closes removes what it made; what was given another name stays. */
function leaveSocket(dir: string, id: string): void {
  mkdirSync(dir, { recursive: true });
  const server = createServer().listen(join(dir, id));
  renameSync(join(dir, id), join(dir, `${id}.sock`));
  server.close();
}

/** A process that outlives this one; it ends by itself, and can be told by its name and home. */
function helper(home: string, id: string, script: string): void {
  const env = { PATH: process.env.PATH, BOXLITE_HOME: home };
  const options = { argv0: `boxlite-helper-${id}`, detached: true, stdio: 'ignore', env } as const;
  spawn('sh', ['-c', script, boxDir(home, id)], options).unref();
}
