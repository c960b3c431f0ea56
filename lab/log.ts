/** Takes a line for people; each line of the lab begins with its name. */
export type Log = (line: string) => void;

/** Says how long something took. */
export const secondsSince = (startedMs: number): string =>
  `${((Date.now() - startedMs) / 1000).toFixed(1)} s`;
