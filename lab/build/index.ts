import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { newestVersion } from '../../domain/identity.ts';
import type { Log } from '../../domain/log.ts';
import { LabError } from '../call.ts';
import { type LabPaths, labPaths } from '../paths.ts';
import { busyboxStep } from './busybox.ts';
import { cliStep, runtimeStep, runtimeVersion, versionOf } from './cli.ts';
import { bootStep, diskStep, keysStep, payloadStep, rootStep } from './disks.ts';
import { demandSpace, lacking, MIN_BYTES } from './requirements.ts';
import { buildSdk } from './sdk.ts';
import { isFresh, readStamp, runStep } from './step.ts';

/** A Built lists what a built lab is made of. */
export interface Built {
  version: string;
  /** Version of the runtime inside (shim, guest, libkrunfw); null where nobody noted it, as in a binary given. */
  runtime: string | null;
  /** The binary that is in the lab; also this machine's own for `--url`. */
  boxlite: string;
  /** Stamp of the payload disk. */
  payload: string;
}

/** Says what `openLab` and the console commands take. */
export interface LabOptions {
  /** BoxLite to build and run; ignored with `boxlite`. */
  version?: string | undefined;
  /** A binary to use instead of building one. */
  boxlite?: string | undefined;
  cacheDir?: string | undefined;
}

/**
 * Brings everything a lab needs up to date; what is there already is not made again. The lock must be held.
 * @throws LabError naming what is missing on this machine, before anything is made
 */
export async function buildAll(options: LabOptions, paths: LabPaths, log: Log): Promise<Built> {
  const { version, binary } = await chosen(options);
  const cliMissing = binary === null && !existsSync(paths.cli(version));
  const lack = lacking(cliMissing);
  if (lack.length > 0) throw new LabError(lack.join('\n'));
  const disksMissing = !existsSync(paths.disk);
  demandSpace(paths.cache, (cliMissing ? MIN_BYTES.cli : 0) + (disksMissing ? MIN_BYTES.disks : 0));
  if (binary === null) await buildCli(version, paths, log);
  await buildDisks(paths, log);
  await buildSdk(version, paths, log);
  const boxlite = binary ?? paths.cli(version);
  await runStep(await payloadStep(version, boxlite, paths), log);
  const runtime = binary === null ? await runtimeVersion(paths.runtime(version)) : null;
  return { version, runtime, boxlite, payload: await digestOfStamp(paths.payload(version)) };
}

/** Says what this machine lacks for `buildAll` to begin; empty: nothing. */
export const labLacks = ({ version = newestVersion, boxlite, cacheDir }: LabOptions): string[] =>
  lacking(boxlite === undefined && !existsSync(labPaths(cacheDir).cli(version)));

/** Says that the lab has no surface `local-sdk`, and what makes it; empty: it has. */
export const labLacksSdk = ({ version = newestVersion, cacheDir }: LabOptions): string[] =>
  existsSync(labPaths(cacheDir).sdk(version))
    ? []
    : [
        `surface local-sdk is absent in the lab (${version}): it was built without the Python SDK, and nothing is run through it; \`npm run lab -- build\` makes it (python3-pip)`,
      ];

const digestOfStamp = async (output: string): Promise<string> => (await readStamp(output))?.digest ?? '';

async function buildCli(version: string, paths: LabPaths, log: Log): Promise<void> {
  const cli = cliStep(version, paths, log);
  // A binary that is there needs no runtime archive: that is only for building.
  if (await isFresh(cli)) return;
  await runStep(runtimeStep(version, paths, log), log);
  await runStep(cli, log);
}

async function buildDisks(paths: LabPaths, log: Log): Promise<void> {
  await runStep(keysStep(paths), log);
  await runStep(await busyboxStep(paths), log);
  await runStep(await rootStep(paths), log);
  const root = await digestOfStamp(paths.rootTar);
  await runStep(diskStep(paths, root), log);
  await runStep(await bootStep(paths, root), log);
}

async function chosen(options: LabOptions): Promise<{ version: string; binary: string | null }> {
  const { version = newestVersion, boxlite } = options;
  if (boxlite !== undefined) {
    const binary = resolve(boxlite);
    if (!existsSync(binary)) throw new LabError(`--boxlite ${boxlite}: there is no such file`);
    return { version: await versionOf(binary), binary };
  }
  if (!/^\d+\.\d+\.\d+$/.test(version))
    throw new LabError(`'${version}' is no version of BoxLite, expected something like 0.11.0`);
  return { version, binary: null };
}
