import { accessSync, constants } from 'node:fs';
import { localLaunch } from '../drivers/launch.ts';
import type { TargetOptions } from '../ports/options.ts';
import { runsDir, shortTmp } from '../runs/place.ts';
import { openRun } from '../runs/run-record.ts';
import { checkServer } from '../targets/external/reach.ts';
import { imageOf } from '../targets/image.ts';
import { askVersion } from './ask-version.ts';
import { findBoxlite } from './find-boxlite.ts';
import { kvmProblem } from './kvm.ts';

/** Says what a target that starts something lacks on this machine. */
export function machineReasons(options: TargetOptions): string[] {
  if (process.platform !== 'linux') return [`only Linux is supported, this is ${process.platform}`];
  return [
    ...reasonOf(() => accessSync(shortTmp(), constants.W_OK), `${shortTmp()} is not writable`),
    ...reasonOf(() => openRun(runsDir(options), 'doctor').close()),
  ];
}

/** Says why BoxLite cannot run directly on this machine. */
export async function hostReasons(options: TargetOptions): Promise<string[]> {
  const kvm = await kvmProblem();
  const boxlite = await binaryReasons(options.boxlite);
  return [...machineReasons(options), ...(kvm ? [kvm] : []), ...boxlite, ...reasonOf(() => imageOf(options))];
}

/** Says why there is nothing external to drive. */
export async function externalReasons(options: TargetOptions): Promise<string[]> {
  if (options.url === undefined && options.home === undefined) return ['no --url and no --home is given'];
  const cli =
    options.home !== undefined || options.boxlite !== undefined ? await binaryReasons(options.boxlite) : [];
  const server = options.url === undefined ? [] : await reasonOfAsync(checkServer(options.url));
  return [...machineReasons(options), ...cli, ...server, ...reasonOf(() => imageOf(options))];
}

async function binaryReasons(given: string | undefined): Promise<string[]> {
  return reasonOfAsync(findBoxlite(given).then((file) => askVersion(localLaunch({ file }), file)));
}

function reasonOf(attempt: () => unknown, instead?: string): string[] {
  try {
    attempt();
    return [];
  } catch (error) {
    return [instead ?? messageOf(error)];
  }
}

const reasonOfAsync = (attempt: Promise<unknown>): Promise<string[]> =>
  attempt.then(
    () => [],
    (error: unknown) => [messageOf(error)],
  );

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
