import { findBoxlite } from './find-boxlite.ts';
import { imageOf } from './image.ts';
import { kvmProblem } from './kvm.ts';
import { openLocalTarget } from './local-target.ts';
import type { TargetOptions } from './options.ts';
import { runsDir } from './runs/place.ts';
import type { Target } from './target.ts';

/**
 * The real BoxLite on this machine.
 * @throws when there is no usable /dev/kvm, no boxlite, no such rootfs, or no box or server starts.
 */
export async function openHostTarget(options: TargetOptions, log: (line: string) => void): Promise<Target> {
  const problem = await kvmProblem();
  if (problem) throw new Error(`target host: ${problem}`);
  const file = await findBoxlite(options.boxlite);
  return openLocalTarget({
    name: 'host',
    command: { file, prefixArgs: [] },
    env: {},
    image: () => imageOf(options),
    patience: 1,
    ignored: [],
    trial: true,
    details: { boxlite: file, accelerator: 'kvm' },
    runsDir: runsDir(options),
    log,
  });
}
