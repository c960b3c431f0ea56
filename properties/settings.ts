/** Seed when nothing else is said: a red test means the same on every machine. */
const DEFAULT_SEED = 20_260_609;

/**
 * A whole number from the environment.
 * @throws when the variable holds something else
 */
function wholeNumber(name: string, fallback: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new Error(`${name} is '${text}': a whole number is needed`);
}

/** Seed of the first program, `BOXCHECK_SEED`. */
export const seedFromEnvironment = (): number => wholeNumber('BOXCHECK_SEED', DEFAULT_SEED);

/** How many programs a property draws, `BOXCHECK_PROGRAMS`; else as many as it says. */
export const programsFromEnvironment = (own: number): number => wholeNumber('BOXCHECK_PROGRAMS', own);
