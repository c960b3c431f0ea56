import fc from 'fast-check';

/** What is said before every test file: the seed of all properties. */
const asked = process.env.PROPERTY_SEED ?? '1';
if (asked !== 'random') {
  const seed = Number(asked);
  if (!Number.isInteger(seed)) throw new Error(`PROPERTY_SEED: an integer or "random", not ${asked}`);
  // A gate must say the same of the same code. What other seeds find is for PROPERTY_SEED=random.
  fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
}
