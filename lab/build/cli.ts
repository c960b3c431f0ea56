import { copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import type { Log } from '../../domain/log.ts';
import { call, LabError, tryCall } from '../call.ts';
import type { LabPaths } from '../paths.ts';
import { readStamp, type Step } from './step.ts';

const CARGO_MS = 60 * 60_000;
/** A build that could not get its runtime only warns; what it makes is some 40 MB instead of 110. */
const EMBEDDED_MIN_BYTES = 80 * 1024 ** 2;

/** Makes the `boxlite` binary, built with cargo around the runtime archive of its own version. */
export function cliStep(version: string, paths: LabPaths, log: Log): Step {
  return {
    name: `boxlite ${version} (cargo, several minutes)`,
    output: paths.cli(version),
    inputs: { version, layout: '1' },
    make: async (temp) => {
      const root = `${temp}-root`;
      try {
        await cargoInstall(version, root, paths, log);
        await copyFile(join(root, 'bin', 'boxlite'), temp);
      } finally {
        await rm(root, { recursive: true, force: true });
      }
      await demandVersion(temp, version);
    },
  };
}

async function cargoInstall(version: string, root: string, paths: LabPaths, log: Log): Promise<void> {
  const env = {
    BOXLITE_RUNTIME_URL: pathToFileURL(paths.runtime(version)).href,
    CARGO_TARGET_DIR: paths.cargoTarget(version),
  };
  const args = ['install', 'boxlite-cli', '--version', version, '--locked', '--root', root];
  const child = execa('cargo', args, { env, reject: false, stdin: 'ignore', timeout: CARGO_MS, all: true });
  let compiled = 0;
  const tail: string[] = [];
  for await (const line of child.iterable({ from: 'all' })) {
    tail.push(line);
    if (tail.length > 20) tail.shift();
    if (/^\s*Compiling /.test(line) && ++compiled % 50 === 0) {
      log(`lab: cargo: ${compiled} crates of about 435 compiled`);
    }
  }
  const done = await child;
  if (done.exitCode !== 0)
    throw new LabError(`cargo install boxlite-cli ${version} failed:\n${tail.join('\n')}`);
}

/** Gives the version a `boxlite` binary says it has. @throws LabError when it is none. */
export async function versionOf(binary: string): Promise<string> {
  const done = await tryCall([binary, '--version'], { timeoutMs: 20_000 });
  const found = /^boxlite (\S+)/.exec(done.out.toString())?.[1];
  if (done.exit === 0 && found) return found;
  throw new LabError(
    `${binary} is no boxlite binary this machine can run: ${done.err.toString().trim() || 'it tells no version'}`,
  );
}

/** @throws LabError when a binary cannot serve as boxlite of this version */
async function demandVersion(binary: string, version: string): Promise<void> {
  const found = await versionOf(binary);
  if (found !== version) throw new LabError(`${binary}: expected boxlite ${version}, found: ${found}`);
  const { size } = await stat(binary);
  if (size >= EMBEDDED_MIN_BYTES) return;
  const mb = Math.round(size / 1024 ** 2);
  throw new LabError(`${binary} has only ${mb} MB: it was built without its runtime and cannot start boxes`);
}

/** Opening a home makes the library unpack the runtime that is embedded in it. */
const OPEN_HOME = 'import boxlite, sys\nboxlite.Boxlite(boxlite.Options(home_dir=sys.argv[1]))\n';

/** Key of an archive's stamp that tells the version of the wheel the runtime came from. */
const RUNTIME_FACT = 'runtime';

/**
 * Gives the step that makes the runtime archive the CLI's build embeds (shim, guest, libkrunfw …). The archive
 * itself is only published as a release asset, so it is taken from a Python wheel: the one of the same version, or
 * the newest one before it where a release has none (0.11.0). The stamp tells which one it was.
 */
export function runtimeStep(version: string, paths: LabPaths, log: Log): Step {
  return {
    name: `runtime of boxlite ${version}`,
    output: paths.runtime(version),
    inputs: { version, layout: '1' },
    make: async (temp, made) => {
      const work = `${temp}-work`;
      try {
        await mkdir(work, { recursive: true });
        const wheel = await fetchWheel(version, work);
        if (wheel.version !== version) {
          log(`lab: there is no wheel of boxlite ${version}: the runtime is that of ${wheel.version}`);
        }
        await fromWheel(wheel, work, temp);
        made[RUNTIME_FACT] = wheel.version;
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    },
  };
}

/**
 * Gives the version of the runtime in an archive; null where there is none. Of one that was made before stamps told it,
 * the archive itself does.
 */
export async function runtimeVersion(archive: string): Promise<string | null> {
  const told = (await readStamp(archive))?.facts[RUNTIME_FACT];
  if (told) return told;
  const complete = ['tar', '-xzOf', archive, 'boxlite-runtime/.complete'];
  const { out } = await tryCall(complete, { timeoutMs: 60_000 });
  return /^\d+\.\d+\.\d+/.exec(out.toString())?.[0] ?? null;
}

interface Wheel {
  file: string;
  version: string;
}

/** Reads the version in the file name of a wheel of boxlite (`boxlite-0.10.8-cp310-….whl`); null for any other file. */
export const wheelVersion = (file: string): string | null =>
  /^boxlite-([^-]+)-.+\.whl$/.exec(file)?.[1] ?? null;

/** Downloads the newest wheel that is not newer than a version; pip knows which there are for a Python, this one's if no other is named. */
export async function fetchWheel(version: string, work: string, ofPython: string[] = []): Promise<Wheel> {
  const dir = join(work, 'wheels');
  await mkdir(dir);
  const pip = ['python3', '-m', 'pip', 'download', '-q', '--no-deps', '--only-binary=:all:', '-d', dir];
  await call([...pip, ...ofPython, `boxlite<=${version}`], { timeoutMs: 600_000 });
  for (const name of await readdir(dir)) {
    const found = wheelVersion(name);
    if (found !== null) return { file: join(dir, name), version: found };
  }
  throw new LabError(`pip downloaded no wheel of boxlite ${version} or older`);
}

async function fromWheel(wheel: Wheel, work: string, archive: string): Promise<void> {
  const [lib, home] = [join(work, 'lib'), join(work, 'home')];
  await mkdir(home);
  await call(['python3', '-m', 'zipfile', '-e', wheel.file, lib], { timeoutMs: 120_000 });
  const env = { HOME: home, PYTHONPATH: lib };
  await call(['python3', '-c', OPEN_HOME, join(home, 'bl')], { timeoutMs: 120_000, env });
  const unpacked = await unpackedDir(join(home, '.local/share/boxlite/runtimes'), wheel.version);
  await rename(unpacked, join(work, 'boxlite-runtime'));
  await call(['tar', '-C', work, '-czf', archive, 'boxlite-runtime'], { timeoutMs: 120_000 });
  const listing = await call(['tar', '-tzf', archive], { timeoutMs: 60_000 });
  const problems = runtimeProblems(listing.split('\n'));
  if (problems.length > 0) {
    const what = problems.join(', ');
    throw new LabError(`the wheel of boxlite ${wheel.version} unpacked no usable runtime: ${what}`);
  }
}

/** The folder a wheel's library unpacked: it is named after the wheel's own version. */
async function unpackedDir(dir: string, version: string): Promise<string> {
  const names = await readdir(dir).catch(() => [] as string[]);
  const name = names.find((n) => n.startsWith(`v${version}-`));
  if (name) return join(dir, name);
  throw new LabError(
    `the wheel of boxlite ${version} did not unpack its runtime (found: ${names.join(', ') || 'nothing'}); ` +
      'versions before 0.10.0 do not: give a binary with --boxlite FILE',
  );
}

/** What the CLI's build script expects of the archive. */
const NEEDED = [
  ...['.complete', 'boxlite-guest', 'boxlite-shim', 'bwrap', 'debugfs', 'guest-mke2fs', 'guest-resize2fs'],
  ...['libkrunfw.so.5', 'mke2fs'],
];

/** Names what is missing in the listing of a runtime archive (one top folder, the files in it). */
export function runtimeProblems(entries: readonly string[]): string[] {
  const parts = entries.filter((entry) => entry !== '').map((entry) => entry.replace(/^\.\//, '').split('/'));
  const tops = new Set(parts.map(([top]) => top));
  if (tops.size !== 1) return [`${tops.size} top folders instead of one`];
  const files = new Set(parts.map(([, ...rest]) => rest.join('/')));
  return NEEDED.filter((name) => !files.has(name)).map((name) => `no ${name}`);
}
