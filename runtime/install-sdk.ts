import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import type { Log } from '../domain/log.ts';
import { defaultCacheDir } from '../lab/paths.ts';
import { pythonOf } from './sdks.ts';
import { wheelFor } from './wheels.ts';

/**
 * Installs the Python SDK for a BoxLite version below the cache, in an environment of its own; does nothing where it is.
 * @returns its release
 * @throws when there is no python3, or the wheel cannot be had
 */
export async function installSdk(version: string, log: Log, cacheDir = defaultCacheDir()): Promise<string> {
  const wheel = wheelFor(version);
  const { dir, python, complete } = pythonOf(wheel, cacheDir);
  if (existsSync(complete)) return wheel;
  log(`installing the Python SDK ${wheel} into ${dir}`);
  await rm(dir, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', dir]);
  await run(python, [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--retries',
    '1',
    `boxlite==${wheel}`,
  ]);
  await run(python, ['-c', 'import boxlite']);
  await writeFile(complete, '');
  return wheel;
}

async function run(file: string, args: readonly string[]): Promise<void> {
  const options = { reject: false, stdin: 'ignore', all: true } as const;
  const { failed, all, shortMessage } = await execa(file, args, options);
  // Python names the Debian package that it lacks on stdout.
  if (failed) throw new Error(`${shortMessage ?? file}\n${all?.slice(-2_000) ?? ''}`.trim());
}
