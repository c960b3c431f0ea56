import { defineConfig } from 'vitest/config';

/** One project a tier, so that each can be run and timed alone. */
const tier = (name: string, include: string[], testTimeoutMs: number, exclude: string[] = []) => ({
  test: {
    name,
    include,
    exclude,
    setupFiles: ['tests/seed.ts'],
    testTimeout: testTimeoutMs,
    hookTimeout: testTimeoutMs,
  },
});

/** These need what `boxcheck lab build` makes, and fail without it. */
const realCli = ['tests/clients/cli/**/*.test.ts'];
const quality = ['tests/quality/oracle.test.ts', 'tests/quality/scripts.test.ts'];

export default defineConfig({
  test: {
    // Half of a test's time is waiting for processes, so two cores carry three (271 s instead of 362 s).
    maxWorkers: 3,
    // One real machine is not to be tested by two files at a time.
    fileParallelism: ['reference', undefined].includes(process.env.BOXCHECK_TARGET),
    projects: [
      // A guard against hanging, not a measurement: some take 15 s of processor time, and the machine may be shared.
      tier('unit', ['tests/**/*.test.ts'], 60_000, [...realCli, ...quality]),
      tier('properties', ['properties/**/*.test.ts'], 300_000),
      tier('quality', quality, 300_000),
      tier('clients', realCli, 60_000),
    ],
  },
});
