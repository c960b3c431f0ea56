import { readable } from '../../normal-form/text.ts';
import type { Session } from '../../ports/session.ts';
import type { LocalRuntime } from './local-runtime.ts';

/** The first box may have to fetch its image and unpack the runtime. */
const FIRST_BOX_MS = 180_000;
const ATTEMPTS = 2;

/**
 * Starts and removes one box: whether a machine's virtualization works is known only when it was used.
 * @throws with what the runtime said when no box starts.
 */
export async function tryBox(runtime: LocalRuntime, image: Session['image']): Promise<void> {
  const from = 'rootfs' in image ? ['--rootfs', image.rootfs] : [image.image];
  const home = ['--home', runtime.homes.local];
  let said = '';
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const run = await runtime.calls.launch([...home, 'run', '-d', ...from, 'sleep', '60'], {
      timeoutMs: FIRST_BOX_MS,
    });
    await runtime.calls.launch([...home, 'rm', '-a', '-f'], { timeoutMs: FIRST_BOX_MS });
    if (run.exit === 0) return;
    said = run.timedOut ? `no end after ${FIRST_BOX_MS} ms` : readable(run.err).trim();
  }
  throw new Error(
    `target ${runtime.setup.name}: no box starts on this machine (${ATTEMPTS} attempts): ${said}`,
  );
}
