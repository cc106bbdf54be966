import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{engine,main,renderer,exam,shared,setup}/**/*.test.{ts,tsx,mjs}'],
          environment: 'node',
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/faults/**/*.test.ts'],
          environment: 'node',
          globalSetup: 'test/integration/prepare-engine.ts',
          testTimeout: 120_000,
          hookTimeout: 600_000,
          // The tests share two cores and one engine: more files at once only make each slower.
          maxWorkers: 1,
        },
      },
    ],
  },
})
