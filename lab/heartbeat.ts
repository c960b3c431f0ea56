import { tailOf } from '../files/tail.ts';
import { stillRuns } from '../machine/process.ts';
import { leftHere, leftIn, shortageOf } from '../machine/shortage.ts';
import { LabError } from './call.ts';
import { connect, isConnected } from './connection.ts';
import { runInside } from './inside.ts';
import type { LabPaths } from './paths.ts';
import { sshPlace } from './ssh.ts';
import type { LabState } from './state.ts';

/** What the guest has left: its boxes lie on the disk of its root. */
const LOOK = 'df -Pk / | tail -n 1; grep MemAvailable /proc/meminfo';
/** A look over ssh; beyond this the guest is not coming back. */
const HEARTBEAT_MS = 15_000;
/** Tail of any one log. */
export const LOG_TAIL_BYTES = 64 * 1024;

/**
 * Looks whether the machine can be trusted: QEMU is there, the console tells of no lock-up, a program runs in the
 * guest within {@link HEARTBEAT_MS}, and neither is short of anything. Says nothing about `boxlite serve`: that one's death is a finding.
 * @throws LabError saying what is wrong
 */
export async function heartbeat(state: LabState, paths: LabPaths, lost?: AbortSignal): Promise<void> {
  lost?.throwIfAborted();
  if (!stillRuns(state.qemu)) throw new LabError('the lab is lost: its QEMU process is gone');
  const wedged = wedgedLine(await tailOf(paths.console, LOG_TAIL_BYTES));
  if (wedged !== null) throw new LabError(`the lab's kernel is wedged: ${wedged}`);
  const place = sshPlace(state.sshPort, paths);
  // The shared connection can be lost alone (somebody emptied the temporary directory); that is no reason to boot.
  if (!(await isConnected(place))) await connect(place);
  const { out } = await runInside(place, ['sh', '-c', LOOK], { timeoutMs: HEARTBEAT_MS, lost });
  const shortage = shortageOf(leftIn(out.toString())) ?? shortageOf(await leftHere(paths.run));
  if (shortage) throw new LabError(`the lab or the machine it is on: ${shortage}`);
}

/** Says what is wrong with a machine; null: nothing. */
export const troubleOf = (state: LabState, paths: LabPaths): Promise<string | null> =>
  heartbeat(state, paths).then(
    () => null,
    (error: Error) => error.message,
  );

/** What the console says when the guest's kernel is past help: everything seen on it afterwards is the lab's fault. */
const WEDGED = [
  /watchdog: BUG: soft lockup/,
  /rcu: INFO: rcu_\w+ (self-)?detected (expedited )?stall/,
  /Kernel panic - not syncing/,
  /BUG: unable to handle/,
  /Oops: /,
  /Out of memory: Killed process/,
  /blocked for more than \d+ seconds/,
];

/** Gives the first line of a console that says so; null: none. */
export function wedgedLine(consoleText: string): string | null {
  const lines = consoleText.split('\n');
  return lines.find((line) => WEDGED.some((pattern) => pattern.test(line)))?.trim() ?? null;
}
