import type { Log } from '../../domain/log.ts';
import { findBoxlite, imageOf } from '../doctor/given.ts';
import { kvmProblem } from '../doctor/kvm.ts';
import type { Target, TargetOptions } from '../ports/target.ts';
import { runsDir } from '../runs/record.ts';
import { openLocalTarget } from './local/target.ts';

/**
 * Opens the real BoxLite on this machine.
 * @throws when there is no usable /dev/kvm, no boxlite, no such rootfs, or no box or server starts.
 */
export async function openHostTarget(options: TargetOptions, log: Log): Promise<Target> {
  const problem = await kvmProblem();
  if (problem) throw new Error(`target host: ${problem}`);
  const file = findBoxlite(options.boxlite);
  return openLocalTarget({
    name: 'host',
    command: { file, prefixArgs: [] },
    client: options.urlBoxlite,
    env: {},
    image: () => imageOf(options),
    deadlineFactor: 1,
    ignored: [],
    trial: true,
    details: { boxlite: file, accelerator: 'kvm', ...(options.urlBoxlite && { client: options.urlBoxlite }) },
    runsDir: runsDir(options),
    log,
  });
}
