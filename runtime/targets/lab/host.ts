import { tmpdir } from 'node:os';
import { posix } from 'node:path';
import { type Bytes, fromBuffer, toBuffer } from '../../../domain/bytes.ts';
import { markerOf } from '../../../domain/mount.ts';
import type { Lab } from '../../../lab/index.ts';
import type { Host } from '../../ports/session.ts';
import { localHost } from '../local/host.ts';
import { infrastructure } from './trouble.ts';

/** Host directories of all programs, on the guest's disk. */
const WORK_DIR = '/w';
const CALL_MS = 60_000;
/** The same limit as on any other host: a file that is longer is cut. */
const FILE_LIMIT_BYTES = 16 * 1024 * 1024;
const NO_SUCH_FILE = 44;

type Runner = Pick<Lab, 'run'>;

/**
 * Makes the guest the host of a program: mounts and cp of the local CLI happen there. Scratch files of `--url`
 * steps are on this machine, where that client runs.
 */
export function labHost(
  lab: Runner,
  label: string,
  { under = WORK_DIR, local = tmpdir() } = {},
): Host & { dispose(): Promise<void> } {
  const base = posix.join(under, label);
  const here = localHost(local);
  const made = new Map<string, Promise<string>>();
  // Most programs touch no file of the guest: then there is nothing to remove, and no call over ssh to pay for.
  let touched = false;
  const dir = (handle: string) => {
    touched = true;
    const known = made.get(handle) ?? makeDir(lab, posix.join(base, handle), markerOf(handle));
    made.set(handle, known);
    return known;
  };
  return {
    dir,
    missing: () => posix.join(under, 'no-such-dir'),
    write: async (handle, file, data) => writeIn(lab, inside(await dir(handle), file), data),
    read: async (handle, file) => readIn(lab, inside(await dir(handle), file)),
    scratch: async (surface, name) => {
      if (surface === 'url') return here.scratch(surface, name);
      touched = true;
      return inside(posix.join(base, 'scratch'), name);
    },
    writeScratch: (surface, path, data) =>
      surface === 'url' ? here.writeScratch(surface, path, data) : writeIn(lab, path, data),
    readScratch: (surface, path) => (surface === 'url' ? here.readScratch(surface, path) : readIn(lab, path)),
    dispose: async () => {
      const remove = touched ? script(lab, 'rm -rf -- "$1"', [base]) : null;
      await Promise.allSettled([here.dispose(), remove]);
    },
  };
}

async function makeDir(lab: Runner, path: string, marker: Bytes): Promise<string> {
  await succeed(script(lab, 'mkdir -p -- "$1" && cat >"$1/marker"', [path], marker), `make ${path}`);
  return path;
}

async function writeIn(lab: Runner, path: string, data: Bytes): Promise<void> {
  const text = 'mkdir -p -- "$(dirname -- "$1")" && cat >"$1"';
  await succeed(script(lab, text, [path], data), `write ${path}`);
}

async function readIn(lab: Runner, path: string): Promise<Bytes | null> {
  const text = `[ -f "$1" ] || exit ${NO_SUCH_FILE}; head -c ${FILE_LIMIT_BYTES} -- "$1"`;
  const done = await script(lab, text, [path]);
  return done.exit === NO_SUCH_FILE
    ? null
    : fromBuffer((await succeed(Promise.resolve(done), `read ${path}`)).out);
}

const script = (lab: Runner, text: string, args: string[], stdin: Bytes = '') =>
  infrastructure(lab.run(['sh', '-c', text, 'sh', ...args], { timeoutMs: CALL_MS, stdin: toBuffer(stdin) }));

async function succeed<T extends { exit: number | null; err: Buffer }>(
  doing: Promise<T>,
  what: string,
): Promise<T> {
  const done = await doing;
  if (done.exit !== 0) throw new Error(`the lab could not ${what}: ${done.err.toString().trim()}`);
  return done;
}

function inside(dir: string, file: string): string {
  const path = posix.join(dir, file);
  if (!path.startsWith(`${dir}/`)) throw new Error(`host file '${file}' is not below its directory ${dir}`);
  return path;
}
