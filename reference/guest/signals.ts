export const INT = 2;
export const KILL = 9;
export const TERM = 15;

/** CHLD, CONT, the stop signals (this guest has no stopping), URG and WINCH do nothing by default. */
const harmless = new Set([17, 18, 19, 20, 21, 22, 23, 28]);

/** Whether a process without a handler survives this signal. */
export const isHarmless = (signal: number): boolean => harmless.has(signal);
