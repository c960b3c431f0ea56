import { copyFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import type { Log } from '../../domain/log.ts';
import { LabError, tryCall } from '../call.ts';
import type { LabPaths } from '../paths.ts';
import type { Step } from './step.ts';

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
