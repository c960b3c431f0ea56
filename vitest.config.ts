import { defineConfig } from 'vitest/config';

/** One project a tier, so that each can be run and timed alone. */
const tier = (name: string, include: string[], testTimeoutMs: number) => ({
  test: { name, include, testTimeout: testTimeoutMs, hookTimeout: testTimeoutMs },
});

export default defineConfig({
  test: {
    projects: [
      tier('unit', ['tests/**/*.test.ts'], 20_000),
      tier('properties', ['properties/**/*.test.ts'], 300_000),
      tier('quality', ['quality/**/*.test.ts'], 300_000),
    ],
  },
});
