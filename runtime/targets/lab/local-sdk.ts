import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { homesOfLane, type Lab } from '../../../lab/index.ts';
import type { SessionParts } from '../../drivers/make-session.ts';
import { driverFile } from '../../sdks.ts';

/** What the payload disk has of the SDK; see lab/build/disks.ts. */
const PACKAGES = '/opt/boxcheck/sdk';
const KILL_MS = 30_000;

/** The driver alone: what it owns is for BoxLite to end (contract 3.4). */
const script = `
pid=$(cat "/run/boxcheck/launch/$1.pid" 2>/dev/null) || exit 0
kill -KILL "$pid"
while [ -e "/proc/$pid" ]; do sleep 0.05; done
`;

/**
 * Says how the driver of the Python SDK is started in the guest, where it is the runtime of the third home of a lane;
 * undefined where the lab was built without the SDK. The home in its command line is what resets and baselines know it by.
 */
export function labSdk(
  lab: Pick<Lab, 'paths' | 'state' | 'sshArgv' | 'run'>,
  lane: number,
): SessionParts['localSdk'] {
  if (!existsSync(lab.paths.sdk(lab.state.version))) return undefined;
  const id = randomUUID();
  const home = homesOfLane(lane).sdk;
  const environment = [`PYTHONPATH=${PACKAGES}`, 'PYTHONDONTWRITEBYTECODE=1', 'HOME=/root'];
  const python = ['/usr/bin/python3', '-c', readFileSync(driverFile, 'utf8'), home, 'driver'];
  const [file = '', ...args] = lab.sshArgv(['/opt/boxcheck/launch', id, ...environment, '--', ...python]);
  const kill = async (): Promise<void> => {
    await lab.run(['sh', '-c', script, 'kill', id], { timeoutMs: KILL_MS });
  };
  return { program: { file, args, version: lab.state.version, kill }, home };
}
