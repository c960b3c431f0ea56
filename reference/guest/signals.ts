const names = [
  'EXIT',
  'HUP',
  'INT',
  'QUIT',
  'ILL',
  'TRAP',
  'ABRT',
  'BUS',
  'FPE',
  'KILL',
  'USR1',
  'SEGV',
  'USR2',
  'PIPE',
  'ALRM',
  'TERM',
  'STKFLT',
  'CHLD',
  'CONT',
  'STOP',
  'TSTP',
  'TTIN',
  'TTOU',
  'URG',
  'XCPU',
  'XFSZ',
  'VTALRM',
  'PROF',
  'WINCH',
  'POLL',
  'PWR',
  'SYS',
] as const;

export const HUP = 1;
export const INT = 2;
export const KILL = 9;
export const PIPE = 13;
export const TERM = 15;
export const WINCH = 28;

/** Signals whose default is to do nothing. Stopping is left out of this guest, so stop signals are among them. */
const harmless = new Set([17, 18, 19, 20, 21, 22, 23, WINCH]);

/** Whether a process without a handler survives this signal. */
export const isHarmless = (signal: number): boolean => harmless.has(signal);

/** Number of `TERM`, `SIGTERM`, `term` or `15`; null for anything else. 0 is `EXIT`. */
export function signalNumber(text: string): number | null {
  if (/^\d+$/.test(text)) return Number(text) < 65 ? Number(text) : null;
  const at = (names as readonly string[]).indexOf(text.toUpperCase().replace(/^SIG/, ''));
  return at < 0 ? null : at;
}

/** Name without `SIG`; the number itself where it has none. */
export const signalName = (signal: number): string => names[signal] ?? String(signal);
