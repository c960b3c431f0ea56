import { type ServerEnd, serverEnds } from '../../../domain/server-end.ts';
import { type Lab, SERVE_HOME } from '../../../lab/index.ts';
import type { RestartAnswer } from '../../ports/session.ts';
import { restarted } from '../restarted.ts';
import { demandServer } from './server.ts';
import { infrastructure } from './trouble.ts';

/** For the words between ssh and the guest, beside what the server may take. */
const SSH_MS = 30_000;
/** init starts the next server at once; it opens a home with boxes in it. */
const BACK_MS = 180_000;

/** The server alone: its boxes are processes of other names. Exit 3: there was none; 4: it had to be killed. */
const script = `
pid=$(pgrep -o -f "^/opt/boxcheck/bin/boxlite serve --home $1") || exit 3
kill -"$2" "$pid"
left=$(($3 * 10))
while [ -e "/proc/$pid" ] && [ "$left" -gt 0 ]; do sleep 0.1; left=$((left - 1)); done
[ -e "/proc/$pid" ] || exit 0
kill -KILL "$pid"
exit 4
`;

/**
 * Ends the server in the guest, where init starts another one, and waits until that answers.
 * @throws InfrastructureError when the guest does not answer
 */
export async function restartLabServer(lab: Lab, how: ServerEnd, endMs: number): Promise<RestartAnswer> {
  const seconds = String(Math.ceil(endMs / 1000));
  const argv = ['sh', '-c', script, 'restart', SERVE_HOME, serverEnds[how], seconds];
  const { exit } = await infrastructure(lab.run(argv, { timeoutMs: endMs + SSH_MS }));
  const ended = exit === 0 ? 'by itself' : exit === 3 ? 'before' : 'killed';
  return restarted(ended, demandServer(lab, BACK_MS), how, endMs);
}
