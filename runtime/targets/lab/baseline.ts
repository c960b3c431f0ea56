import { CLI_HOME, type Lab, SERVE_HOME } from '../../../lab/index.ts';
import { InfrastructureError } from '../../infrastructure-error.ts';
import type { Baseline } from '../../ports/target.ts';
import { infrastructure } from './trouble.ts';

const LOOK_MS = 30_000;

/** Says what exists in the guest because of BoxLite now: see lab/guest/baseline.pl. One call over ssh. */
export async function labBaseline(lab: Pick<Lab, 'run'>): Promise<Baseline> {
  const done = await infrastructure(
    lab.run(['/opt/boxcheck/baseline', CLI_HOME, SERVE_HOME], { timeoutMs: LOOK_MS }),
  );
  if (done.exit !== 0)
    throw new InfrastructureError(`the lab could not list what exists in it: ${done.err.toString().trim()}`);
  return done.out.toString().split('\n').filter(Boolean).sort();
}
