import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { call } from '../call.ts';
import { LabError } from '../error.ts';
import type { LabPaths } from '../paths.ts';
import { runtimeProblems } from './runtime-files.ts';
import type { Step } from './step.ts';

/** Opening a home makes the library unpack the runtime that is embedded in it. */
const OPEN_HOME = 'import boxlite, sys\nboxlite.Boxlite(boxlite.Options(home_dir=sys.argv[1]))\n';

/**
 * The runtime archive the CLI's build embeds (shim, guest, libkrunfw …), taken from the Python wheel of the same
 * version, because the archive itself is only published as a release asset.
 */
export function runtimeStep(version: string, paths: LabPaths): Step {
  const output = paths.runtime(version);
  return {
    name: `runtime of boxlite ${version}`,
    output,
    inputs: { version, layout: '1' },
    adopt: async () => (await archiveProblems(output)).length === 0,
    make: async (temp) => {
      const work = `${temp}-work`;
      try {
        await mkdir(work, { recursive: true });
        await fromWheel(version, work, temp);
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    },
  };
}

async function fromWheel(version: string, work: string, archive: string): Promise<void> {
  const [wheels, lib, home] = [join(work, 'wheels'), join(work, 'lib'), join(work, 'home')];
  await mkdir(wheels);
  await mkdir(home);
  const pip = ['python3', '-m', 'pip', 'download', '-q', '--no-deps', '--only-binary=:all:', '-d', wheels];
  await call([...pip, `boxlite==${version}`], { timeoutMs: 600_000 });
  const wheel = (await readdir(wheels)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new LabError(`pip downloaded no wheel of boxlite ${version}`);
  await call(['python3', '-m', 'zipfile', '-e', join(wheels, wheel), lib], { timeoutMs: 120_000 });
  const env = { HOME: home, PYTHONPATH: lib };
  await call(['python3', '-c', OPEN_HOME, join(home, 'bl')], { timeoutMs: 120_000, env });
  await rename(
    await extracted(join(home, '.local/share/boxlite/runtimes'), version),
    join(work, 'boxlite-runtime'),
  );
  await call(['tar', '-C', work, '-czf', archive, 'boxlite-runtime'], { timeoutMs: 120_000 });
  const problems = await archiveProblems(archive);
  if (problems.length > 0)
    throw new LabError(`the wheel of boxlite ${version} unpacked no usable runtime: ${problems.join(', ')}`);
}

async function extracted(dir: string, version: string): Promise<string> {
  const names = await readdir(dir).catch(() => [] as string[]);
  const name = names.find((n) => n.startsWith(`v${version}-`));
  if (name) return join(dir, name);
  throw new LabError(
    `the wheel of boxlite ${version} did not unpack its runtime (found: ${names.join(', ') || 'nothing'}); ` +
      'versions before 0.10.0 do not: give a binary with --boxlite FILE',
  );
}

/** What is wrong with an archive; empty: nothing. */
async function archiveProblems(archive: string): Promise<string[]> {
  const listing = await call(['tar', '-tzf', archive], { timeoutMs: 60_000 }).catch(() => '');
  return runtimeProblems(listing.split('\n'));
}
