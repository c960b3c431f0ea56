import { defineConfig } from 'vitest/config';

const room = process.env.ROOM ?? '{model,verdict,search}';

/** The pure and quick tests of a room, for `npm run mutants`: nothing here starts a runtime or a process. */
export default defineConfig({
  test: {
    include: [`tests/${room}/**/*.test.ts`],
    exclude: ['tests/model/walks.test.ts'],
    testTimeout: 20_000,
    isolate: false,
  },
});
