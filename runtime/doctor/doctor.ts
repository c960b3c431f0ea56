import type { TargetName } from '../../domain/identity.ts';
import type { TargetOptions } from '../ports/options.ts';
import { labReasons } from './lab.ts';
import { externalReasons, hostReasons, machineReasons } from './local.ts';

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
    ['reference', Promise.resolve(machineReasons(options))],
  ];
  return Promise.all(
    found.map(async ([target, looking]) => {
      const reasons = await looking.catch((error: unknown) => [String(error)]);
      return { target, runnable: reasons.length === 0, reasons };
    }),
  );
}
