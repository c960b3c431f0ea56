import { defineConfig } from 'vitest/config';

/**
 * The tests of one room, for `npm run mutants`: nothing here starts a runtime or a process. Left out is what
 * draws programs while its file is loaded, or by the hundred: it covers everything, so each mutant would pay for it.
 */
export default defineConfig({
  test: {
    include: [`tests/${process.env.ROOM ?? 'verdict'}/**/*.test.ts`],
    exclude: ['tests/model/walks.test.ts', 'tests/search/shrink/quality.test.ts'],
    testTimeout: 20_000,
    isolate: false,
  },
});
