import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { newestVersion } from '../../domain/identity.ts';
import { LabError } from '../error.ts';
import type { Log } from '../log.ts';
import type { LabPaths } from '../paths.ts';
import { bootStep } from './boot.ts';
import { busyboxStep } from './busybox.ts';
import { cliStep, versionOf } from './cli.ts';
import { keysStep } from './keys.ts';
import { BOOT_TOOLS, CLI_TOOLS, DISK_TOOLS, demandCargo, demandTools } from './packages.ts';
import { payloadStep } from './payload.ts';
import { diskStep, rootStep } from './root.ts';
import { RUNTIME_FACT, runtimeStep } from './runtime.ts';
import { CARGO_MIN_BYTES, DISKS_MIN_BYTES, demandSpace } from './space.ts';
import { readStamp, stampedFact } from './stamp.ts';
import { runStep } from './step.ts';

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
  demandTools([...BOOT_TOOLS, ...DISK_TOOLS, ...(cliMissing ? CLI_TOOLS : [])]);
  if (cliMissing) demandCargo();
  const disksMissing = existsSync(paths.disk) ? 0 : DISKS_MIN_BYTES;
  demandSpace(paths.cache, (cliMissing ? CARGO_MIN_BYTES : 0) + disksMissing);
  if (binary === null) await buildCli(version, paths, log);
  await buildDisks(paths, log);
  const boxlite = binary ?? paths.cli(version);
  await runStep(await payloadStep(version, boxlite, paths), log);
  const runtime = binary === null ? await stampedFact(paths.runtime(version), RUNTIME_FACT) : null;
  return { version, runtime, boxlite, payload: (await readStamp(paths.payload(version))) ?? '' };
}

async function buildCli(version: string, paths: LabPaths, log: Log): Promise<void> {
  const cli = cliStep(version, paths, log);
  // A binary that is there needs no runtime archive: that is only for building.
  if (existsSync(cli.output) && (await cli.adopt?.())) return;
  await runStep(runtimeStep(version, paths, log), log);
  await runStep(cli, log);
}

async function buildDisks(paths: LabPaths, log: Log): Promise<void> {
  await runStep(keysStep(paths), log);
  await runStep(await busyboxStep(paths), log);
  await runStep(await rootStep(paths), log);
  const root = (await readStamp(paths.rootTar)) ?? '';
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
