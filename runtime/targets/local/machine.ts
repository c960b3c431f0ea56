import { existsSync } from 'node:fs';
import { InfrastructureError } from '../../../domain/infrastructure-error.ts';
import { leftHere, shortageOf } from '../../../machine/shortage.ts';
import { readable } from '../../normal-form/broken.ts';
import type { Session } from '../../ports/session.ts';
import type { LocalRuntime } from './local-runtime.ts';

/**
 * Says whether this machine can still carry a run: its directory is there, and it is short of nothing.
 * @throws InfrastructureError that says what is short.
 */
export async function checkMachine(root: string): Promise<void> {
  if (!existsSync(root)) throw new InfrastructureError(`the run's directory ${root} has disappeared`);
  const shortage = shortageOf(await leftHere(root));
  if (shortage) throw new InfrastructureError(`this machine (${root}): ${shortage}`);
}

/** The first box may have to fetch its image and unpack the runtime. */
const FIRST_BOX_MS = 180_000;
const ATTEMPTS = 2;

/**
 * Starts and removes one box: whether a machine's virtualization works is known only when it was used.
 * @throws with what the runtime said when no box starts.
 */
export async function tryBox({ setup, homes, calls }: LocalRuntime, image: Session['image']): Promise<void> {
  const from = 'rootfs' in image ? ['--rootfs', image.rootfs] : [image.image];
  const boxlite = (...args: string[]) =>
    calls.launch(['--home', homes.local, ...args], { timeoutMs: FIRST_BOX_MS });
  let said = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const run = await boxlite('run', '-d', ...from, 'sleep', '60');
    await boxlite('rm', '-a', '-f');
    if (run.exit === 0) return;
    said = run.timedOut ? `no end after ${FIRST_BOX_MS} ms` : readable(run.err).trim();
  }
  throw new Error(`target ${setup.name}: no box starts on this machine (${ATTEMPTS} attempts): ${said}`);
}
