import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lookUntil } from '../machine/until.ts';
import { LabError, tryCall } from './call.ts';
import { controlArgv, masterArgv, type SshPlace } from './ssh.ts';

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
