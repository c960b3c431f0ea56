/** Seed when nothing else is said: a red run means the same on every machine. */
const DEFAULT_SEED = 20_260_609;
const DEFAULT_PROGRAMS = 60;

/**
 * A whole number from the environment.
 * @throws when the variable holds something else
 */
export function wholeNumber(name: string, fallback: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isSafeInteger(value)) return value;
  throw new Error(`${name} is '${text}': a whole number is needed`);
}

/** Seed of the first program, `BOXCHECK_SEED`. */
export const seedFromEnvironment = (): number => wholeNumber('BOXCHECK_SEED', DEFAULT_SEED);

/** How many programs to run, `BOXCHECK_PROGRAMS`. */
export const programsFromEnvironment = (): number => wholeNumber('BOXCHECK_PROGRAMS', DEFAULT_PROGRAMS);
