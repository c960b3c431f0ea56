import { type TargetName, targetNames } from '../../domain/identity.ts';
import type { Log } from '../../domain/log.ts';
import { diagnose } from '../doctor/doctor.ts';
import type { Target, TargetOptions } from '../ports/target.ts';

/**
 * Opens a target by name. `best`: the host if it can run here, else the lab, else the reference; which one was
 * taken and why not a better one is said through `log`.
 * @throws for an unknown name, and whatever keeps the named target from running.
 */
export async function openTarget(
  name: TargetName | 'best',
  options: TargetOptions,
  log: Log,
): Promise<Target> {
  return name === 'best' ? openBest(options, log) : openNamed(name, options, log);
}

const openers = {
  host: async () => (await import('./host.ts')).openHostTarget,
  lab: async () => (await import('./lab/target.ts')).openLabTarget,
  external: async () => (await import('./external/target.ts')).openExternalTarget,
  reference: async () => (await import('./reference.ts')).openReferenceTarget,
};

async function openNamed(name: TargetName, options: TargetOptions, log: Log): Promise<Target> {
  if (Object.hasOwn(openers, name)) return (await openers[name]())(options, log);
  throw new Error(`unknown target '${String(name)}': choose one of best, ${targetNames.join(', ')}`);
}

/**
 * Never external: that is somebody's own runtime and has to be asked for. A host that looks right and then
 * starts no box gives way to the next.
 */
async function openBest(options: TargetOptions, log: Log): Promise<Target> {
  const all = await diagnose(options);
  for (const name of ['host', 'lab'] as const) {
    const found = all.find((it) => it.target === name);
    const target = found?.runnable
      ? await openNamed(name, options, log).catch(messageOf)
      : found?.reasons.join('; ');
    if (typeof target === 'object') {
      log(`target: ${name}`);
      return target;
    }
    log(`target ${name} cannot run here: ${target}`);
  }
  log('target: REFERENCE. It is a stand-in that comes with boxcheck: nothing it shows is about BoxLite');
  return openNamed('reference', options, log);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
