/** One room at a time, judged by its own tests (`npm run mutants`); the report of each lies beside the others. */
const room = process.env.ROOM ?? 'verdict';
const out = `.boxcheck/mutants/${room}`;

export default {
  testRunner: 'vitest',
  vitest: { configFile: 'stryker.vitest.ts', related: false },
  mutate: [`${room}/**/*.ts`],
  // Stryker would rewrite tsconfig.json with an API that TypeScript 7 does not have: a name that is not there.
  tsconfigFile: 'none',
  ignorePatterns: ['/.boxcheck'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  incremental: true,
  incrementalFile: `${out}.incremental.json`,
  tempDirName: `${out}.tmp`,
  reporters: ['progress', 'clear-text', 'html', 'json'],
  clearTextReporter: { logTests: false, reportTests: false },
  htmlReporter: { fileName: `${out}.html` },
  jsonReporter: { fileName: `${out}.json` },
};
