import { type Called, LabError, tryCall } from './call.ts';
import { commandArgv, type SshPlace } from './ssh.ts';

/** How a program of the guest is run. */
export interface InsideOptions {
  timeoutMs: number;
  stdin?: Uint8Array;
  /** Ends the call at once when the machine is lost; its reason is what the call then rejects with. */
  lost?: AbortSignal | undefined;
}

/** What ssh itself ends with; nothing the suite runs this way does. */
const SSH_FAILED = 255;

/**
 * Runs a helper program in the guest (not the runtime under test: see runtime/targets/lab/launch.ts for that).
 * @throws LabError when the machine is found lost, when ssh lost the guest or the program was not done in time
 */
export async function runInside(
  place: SshPlace,
  argv: readonly string[],
  { timeoutMs, stdin, lost }: InsideOptions,
): Promise<Called> {
  lost?.throwIfAborted();
  const options = { timeoutMs, signal: lost, ...(stdin && { input: stdin }) };
  const done = await tryCall(commandArgv(place, argv), options);
  lost?.throwIfAborted();
  const name = argv.join(' ').slice(0, 80);
  if (done.timedOut) throw new LabError(`the lab did not finish '${name}' within ${timeoutMs / 1000} s`);
  if (done.exit !== null && done.exit !== SSH_FAILED) return done;
  const said = done.err.toString().trim() || 'ssh ended without a word';
  throw new LabError(`the lab cannot be reached for '${name}': ${said}`);
}
