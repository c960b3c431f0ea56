import { type Called, tryCall } from './call.ts';
import { LabError } from './error.ts';
import { commandArgv, type SshPlace } from './ssh.ts';

export interface InsideOptions {
  timeoutMs: number;
  stdin?: Uint8Array;
}

/** What ssh itself ends with; nothing the suite runs this way does. */
const SSH_FAILED = 255;

/**
 * Runs a helper program in the guest (not the runtime under test: see runtime/targets/lab/launch.ts for that).
 * @throws LabError when ssh lost the guest or the program was not done in time
 */
export async function runInside(
  place: SshPlace,
  argv: readonly string[],
  options: InsideOptions,
): Promise<Called> {
  const input = options.stdin === undefined ? {} : { input: options.stdin };
  const done = await tryCall(commandArgv(place, argv), { timeoutMs: options.timeoutMs, ...input });
  const name = argv.join(' ').slice(0, 80);
  if (done.timedOut)
    throw new LabError(`the lab did not finish '${name}' within ${options.timeoutMs / 1000} s`);
  if (done.exit === null || done.exit === SSH_FAILED) {
    throw new LabError(
      `the lab cannot be reached for '${name}': ${done.err.toString().trim() || 'ssh ended without a word'}`,
    );
  }
  return done;
}
