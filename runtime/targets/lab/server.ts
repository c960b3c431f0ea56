import { InfrastructureError } from '../../../domain/infrastructure-error.ts';
import { type ServerEnd, serverEnds } from '../../../domain/server-end.ts';
import { homesOfLane, type Lab } from '../../../lab/index.ts';
import { lookUntil } from '../../../machine/until.ts';
import { restClient } from '../../drivers/rest.ts';
import type { RestartAnswer } from '../../ports/session.ts';
import { restarted } from '../restarted.ts';

/** One look at the server; a runtime that hangs is reset, whatever it was asked. */
const LOOK_MS = 90_000;
const RESET_MS = 60_000;

/**
 * Waits until the server of a lane lists its boxes.
 * @throws InfrastructureError when it does not answer in time, or the machine is found lost.
 */
export async function demandServer(
  lab: Pick<Lab, 'serveUrl' | 'apiKey' | 'lost'>,
  lane: number,
  timeoutMs: number,
): Promise<void> {
  const client = restClient({ baseUrl: lab.serveUrl(lane), apiKey: lab.apiKey });
  const signal = lab.lost();
  const look = async () => {
    const answer = await client.request({ method: 'GET', path: '/v1/boxes' }, { timeoutMs: LOOK_MS, signal });
    signal.throwIfAborted();
    return answer.status === 200;
  };
  const answers = await lookUntil(look, timeoutMs).finally(() => client.close());
  if (answers) return;
  const since = `${timeoutMs / 1000} s after it should`;
  throw new InfrastructureError(`boxlite serve does not answer in the lab, ${since}`);
}

/** Empties all homes of a lane by force and waits for its server to be back. */
export async function resetLane(
  lab: Pick<Lab, 'run' | 'serveUrl' | 'apiKey' | 'lost'>,
  lane: number,
): Promise<void> {
  const { cli, serve, sdk } = homesOfLane(lane);
  await lab.run(['/opt/boxcheck/reset', cli, serve, sdk], { timeoutMs: RESET_MS });
  await demandServer(lab, lane, RESET_MS);
}

/** For the words between ssh and the guest, beside what the server may take to end. */
const SSH_MS = 30_000;
/** init starts the next server at once; it opens a home with boxes in it. */
const BACK_MS = 180_000;

/** The server of a home alone: its boxes are processes of other names. Exit 3: there was none; 4: it had to be killed. */
const script = `
pid=$(pgrep -o -f "^/opt/boxcheck/bin/boxlite serve --home $1 ") || exit 3
kill -"$2" "$pid"
left=$(($3 * 10))
while [ -e "/proc/$pid" ] && [ "$left" -gt 0 ]; do sleep 0.1; left=$((left - 1)); done
[ -e "/proc/$pid" ] || exit 0
kill -KILL "$pid"
exit 4
`;

/**
 * Ends the server of a lane in the guest, where init starts another one, and waits until that answers.
 * @throws LabError when the guest does not answer
 */
export async function restartLabServer(
  lab: Lab,
  lane: number,
  how: ServerEnd,
  endMs: number,
): Promise<RestartAnswer> {
  const seconds = String(Math.ceil(endMs / 1000));
  const argv = ['sh', '-c', script, 'restart', homesOfLane(lane).serve, serverEnds[how], seconds];
  const { exit } = await lab.run(argv, { timeoutMs: endMs + SSH_MS });
  const ended = exit === 0 ? 'by itself' : exit === 3 ? 'before' : 'killed';
  return restarted(ended, demandServer(lab, lane, BACK_MS), how, endMs);
}
