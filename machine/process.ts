import { readdirSync, readFileSync } from 'node:fs';

/** Describes a process of this machine, from /proc. A pid alone may be somebody else's by now: pid and start go together. */
export interface ProcessInfo {
  pid: number;
  ppid: number;
  /** Clock ticks since boot at which it was started. */
  startTicks: number;
  argv: string[];
}

/** Reads one process; null when there is none, or only a zombie. */
export function readProcess(pid: number): ProcessInfo | null {
  const stat = parseStat(slurp(`/proc/${pid}/stat`));
  return stat && { pid, ...stat, argv: slurp(`/proc/${pid}/cmdline`).split('\0').slice(0, -1) };
}

/** Reads the text of /proc/PID/stat; null for none, and for a zombie. */
export function parseStat(stat: string): Pick<ProcessInfo, 'ppid' | 'startTicks'> | null {
  // The command's name is in parentheses and may hold any character, so fields count from the last one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ppid] = fields;
  if (fields.length < 20 || state === 'Z' || state === 'X') return null;
  return { ppid: Number(ppid), startTicks: Number(fields[19]) };
}

/** Names a process for good; its start time may be kept as text. */
type KnownProcess = { pid: number; startTicks: number | string };

/** Says whether the very process that had this pid and start time is still running. */
export const stillRuns = ({ pid, startTicks }: KnownProcess): boolean =>
  readProcess(pid)?.startTicks === Number(startTicks);

/**
 * Gives all processes with `dir` in an argument, or whose HOME or BOXLITE_HOME is at or below it. It must be
 * something random enough, such as a run's own directory. Other variables do not count: a person's shell that has
 * been there once has it in OLDPWD. Of other users' processes only the arguments can be seen.
 */
export function processesMentioning(dir: string): ProcessInfo[] {
  return allPids().flatMap((pid) => {
    if (pid === process.pid) return [];
    const mentions =
      slurp(`/proc/${pid}/cmdline`).includes(dir) || slurp(`/proc/${pid}/environ`).includes(`HOME=${dir}`);
    const found = mentions ? readProcess(pid) : null;
    return found ? [found] : [];
  });
}

/** Sends a signal to that very process; false when it is gone already. */
export function signalProcess(known: KnownProcess, signal: NodeJS.Signals): boolean {
  if (!stillRuns(known)) return false;
  try {
    return process.kill(known.pid, signal);
  } catch {
    return false;
  }
}

const allPids = () => readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? [Number(name)] : []));

/** Gives the contents of a /proc file; empty when it is gone or not ours to read. */
function slurp(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
