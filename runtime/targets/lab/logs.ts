import { tailOf } from '../../../files/tail.ts';
import { homesOfLane, type Lab } from '../../../lab/index.ts';

const LOGS_MS = 30_000;
const TAIL_BYTES = 64 * 1024;

/**
 * Ends of all logs of a lane that were written to since a time, and of the guest's kernel and console. A guest that is
 * lost gives the console alone.
 */
export async function labLogs(
  lab: Pick<Lab, 'run' | 'paths'>,
  lane: number,
  sinceMs: number,
): Promise<Record<string, string>> {
  const console = await tailOf(lab.paths.console, TAIL_BYTES);
  const { cli, serve, sdk } = homesOfLane(lane);
  const argv = ['/opt/boxcheck/logs', `${Math.floor(sinceMs / 1000)}`, `${TAIL_BYTES}`, cli, serve, sdk];
  const inside = await lab.run(argv, { timeoutMs: LOGS_MS }).then(
    (done) => parseLogs(done.out),
    (error: Error) => ({ 'guest (not reached)': error.message }),
  );
  return { console, ...inside };
}

/** Takes apart what lab/guest/logs.pl writes: `LENGTH NAME\n`, then that many bytes, again and again. */
export function parseLogs(data: Buffer): Record<string, string> {
  const logs: [string, string][] = [];
  for (let at = 0; at < data.length; ) {
    const lineEnd = data.indexOf(0x0a, at);
    const head = /^(\d+) (.+)$/.exec(data.toString('utf8', at, lineEnd < 0 ? data.length : lineEnd));
    if (!head || lineEnd < 0) break;
    const from = lineEnd + 1;
    at = from + Number(head[1]);
    logs.push([head[2] as string, data.toString('utf8', from, at)]);
  }
  // Not by assignment: a file may have any name, `__proto__` too.
  return Object.fromEntries(logs);
}
