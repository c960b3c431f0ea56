import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lookUntil } from '../machine/until.ts';
import { tryCall } from './call.ts';
import { LabError } from './error.ts';
import { READY_MS } from './limits.ts';
import { commandArgv, controlArgv, masterArgv, type SshPlace } from './ssh.ts';

const ATTEMPT_MS = 15_000;

/** Opens the shared ssh connection; tries until the guest's sshd is there. @throws LabError */
export async function connect(place: SshPlace): Promise<void> {
  const opened = await lookUntil(
    () => openMaster(place),
    (is) => is,
    READY_MS,
  );
  if (!opened) throw new LabError('the lab booted, but its ssh does not answer');
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
  const code = await Promise.race([
    once(child, 'exit').then(([exit]) => exit),
    once(child, 'error').then(() => -1),
  ]);
  return code === 0 && (await isConnected(place));
}

/** Waits for the idle VM to be held and the server to answer its one public route. @throws LabError */
export async function untilReady(place: SshPlace, servePort: number): Promise<void> {
  const held = commandArgv(place, ['test', '-e', '/run/boxcheck/holder']);
  const lack = await lookUntil(
    async () => {
      if ((await tryCall(held, { timeoutMs: ATTEMPT_MS })).exit !== 0) return 'has no usable /dev/kvm inside';
      return (await serves(servePort)) ? null : 'has a boxlite serve that does not answer';
    },
    (what) => what === null,
    READY_MS,
  );
  if (lack !== null) throw new LabError(`the lab ${lack}`);
}

async function serves(port: number): Promise<boolean> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/config`, { signal: AbortSignal.timeout(5_000) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
