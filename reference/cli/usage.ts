/** The command line itself is wrong: exit 2, `error: …` and the usage (contract 1.1). */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Something the verb cannot do without. */
export const missing = (what: string): UsageError =>
  new UsageError(`the following required arguments were not provided:\n  ${what}`);
