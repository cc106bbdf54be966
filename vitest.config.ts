/** The projects of the tests. setup/test-parts.mjs names the ones that `npm test` runs. */
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
        // The rules of the project, each against code that breaks it.
        test: {
          name: 'rules',
          include: ['test/rules/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
        },
      },
      {
        // The app in the places where it is installed: packaged, in odd folders, without optional packages.
        test: {
          name: 'packaging',
          include: ['test/packaging/**/*.test.ts'],
          environment: 'node',
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // Each test builds and type-checks: more files at once only make each slower.
          maxWorkers: 1,
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
