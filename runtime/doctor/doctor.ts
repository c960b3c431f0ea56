import { accessSync, constants } from 'node:fs';
import type { TargetName } from '../../domain/identity.ts';
import { which } from '../../machine/which.ts';
import { localLaunch } from '../drivers/launch.ts';
import type { TargetOptions } from '../ports/target.ts';
import { openRun, runsDir, shortTmp } from '../runs/record.ts';
import { checkServer } from '../targets/external/parts.ts';
import { askVersion, findBoxlite, imageOf } from './given.ts';
import { kvmProblem } from './kvm.ts';

/**
 * A Diagnosis says whether one target can run here; `reasons` says exactly what is missing, and is empty when
 * nothing is.
 */
export interface Diagnosis {
  target: TargetName;
  runnable: boolean;
  reasons: string[];
}

/**
 * Looks at what each target needs, with the given options, and starts none. `runnable` for the host means that
 * everything is in place, not that a box has been started.
 */
export async function diagnose(options: TargetOptions): Promise<Diagnosis[]> {
  const found: [TargetName, Promise<string[]>][] = [
    ['host', hostReasons(options)],
    ['lab', labReasons(options)],
    ['external', externalReasons(options)],
    ['reference', machineReasons(options)],
  ];
  return Promise.all(
    found.map(async ([target, looking]) => {
      const reasons = await looking.catch((error: unknown) => [String(error)]);
      return { target, runnable: reasons.length === 0, reasons };
    }),
  );
}

/** Says what a target that starts something lacks on this machine. */
async function machineReasons(options: TargetOptions): Promise<string[]> {
  if (process.platform !== 'linux') return [`only Linux is supported, this is ${process.platform}`];
  return [
    ...(await reasonOf(() => accessSync(shortTmp(), constants.W_OK), `${shortTmp()} is not writable`)),
    ...(which('perl')
      ? []
      : ['perl is missing, by which terminals and ports are used: Debian package perl-base']),
    ...(await reasonOf(() => openRun(runsDir(options), 'doctor').close())),
  ];
}

/** Says why BoxLite cannot run directly on this machine. */
async function hostReasons(options: TargetOptions): Promise<string[]> {
  const kvm = await kvmProblem();
  const boxlite = await binaryReasons(options);
  const image = await reasonOf(() => imageOf(options));
  return [...(await machineReasons(options)), ...(kvm ? [kvm] : []), ...boxlite, ...image];
}

/** Says why the lab cannot run here; empty when it can, maybe after a build. */
async function labReasons(options: TargetOptions): Promise<string[]> {
  if (process.platform === 'linux' && process.arch === 'x64')
    return (await import('../../lab/index.ts')).labLacks(options);
  return [`the lab needs Linux on x86-64, this is ${process.platform} on ${process.arch}`];
}

/** Says why there is nothing external to drive. */
async function externalReasons(options: TargetOptions): Promise<string[]> {
  const { url, home, boxlite } = options;
  if (url === undefined && home === undefined) return ['no --url and no --home is given'];
  const cli = home !== undefined || boxlite !== undefined ? await binaryReasons(options) : [];
  const server = url === undefined ? [] : await reasonOf(() => checkServer(url));
  const image = await reasonOf(() => imageOf(options));
  return [...(await machineReasons(options)), ...cli, ...server, ...image];
}

const binaryReasons = ({ boxlite }: TargetOptions): Promise<string[]> =>
  reasonOf(() => {
    const file = findBoxlite(boxlite);
    return askVersion(localLaunch({ file }), file);
  });

async function reasonOf(attempt: () => unknown, instead?: string): Promise<string[]> {
  try {
    await attempt();
    return [];
  } catch (error) {
    return [instead ?? (error instanceof Error ? error.message : String(error))];
  }
}
