import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lookUntil } from '../machine/until.ts';
import { type Called, LabError, tryCall } from './call.ts';
import { commandArgv, controlArgv, masterArgv, type SshPlace } from './ssh.ts';

/** An sshd that is going to answer does so within a second or two; on a busy machine within a few more. */
const CONNECT_MS = 25_000;
const ATTEMPT_MS = 10_000;

/** Opens the shared ssh connection; tries until the guest's sshd is there. @throws LabError */
export async function connect(place: SshPlace): Promise<void> {
  const opened = await lookUntil(() => openMaster(place), CONNECT_MS);
  if (!opened) throw new LabError(`the lab is up, but its ssh did not answer within ${CONNECT_MS / 1000} s`);
}

/** Says whether the shared connection is open. */
export async function isConnected(place: SshPlace): Promise<boolean> {
  return (await tryCall(controlArgv(place, 'check'), { timeoutMs: ATTEMPT_MS })).exit === 0;
}

/**
 * Starts the connection's background process. Not with a pipe on its output: it would hold that open for as long
 * as it lives, and whoever reads it would wait as long.
 */
async function openMaster(place: SshPlace): Promise<boolean> {
  const [file = '', ...args] = masterArgv(place);
  const child = spawn(file, args, { stdio: 'ignore', timeout: ATTEMPT_MS });
  const [code] = await once(child, 'exit').catch(() => [-1]);
  return code === 0 && (await isConnected(place));
}

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
