/** The projects of the tests. setup/test-parts.mjs names the ones that `npm test` runs. */
import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { configDefaults, defineConfig } from 'vitest/config'
import { threadPlugin } from './setup/thread-plugin.mjs'

/** setup/browser.mjs finds it. Empty for the one that Playwright has downloaded. */
const chromium = process.env.CAPSTAN_CHROMIUM

/** For tests on the real engine. */
const onEngine = {
  environment: 'node',
  globalSetup: 'test/integration/prepare-engine.ts',
  // Real shells and engines answer late on a busy machine.
  expect: { poll: { timeout: 10_000 } },
  testTimeout: 120_000,
  hookTimeout: 600_000,
}

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [threadPlugin()],
        test: {
          name: 'unit',
          include: ['{engine,main,renderer,exam,shared,setup,test/kernel}/**/*.test.{ts,tsx,mjs}'],
          exclude: [...configDefaults.exclude, '**/*.browser.test.*'],
          environment: 'node',
          // Most of them wait for files and processes at times, so all cores are kept busy.
          maxWorkers: availableParallelism(),
          // A busy machine takes long for a process or ten thousand files.
          testTimeout: 30_000,
        },
      },
      {
        // The rules of the project, each against code that breaks it.
        test: {
          name: 'rules',
          include: ['test/rules/**/*.test.ts'],
          environment: 'node',
          testTimeout: 120_000,
          // The imports of the whole project are followed once.
          hookTimeout: 120_000,
        },
      },
      {
        // The app in the places where it is installed: packaged, in odd folders, without optional packages.
        plugins: [threadPlugin()],
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
        // Random inputs at the borders of the app. Each file tells the time limits of its tests.
        plugins: [threadPlugin()],
        test: {
          name: 'fuzz',
          include: ['test/fuzz/**/*.test.ts'],
          environment: 'node',
          // Hangs are looked for, so nothing else may take the processor away.
          maxWorkers: 1,
        },
      },
      {
        plugins: [threadPlugin()],
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: ['test/integration/features/**'],
          ...onEngine,
          // Some take the whole memory or stop all nodes: no other file may run beside them.
          maxWorkers: 1,
        },
      },
      {
        plugins: [threadPlugin()],
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          ...onEngine,
          // Some kill the engine.
          maxWorkers: 1,
        },
      },
      {
        // What Docker does in a node, each file in nodes of its own.
        plugins: [threadPlugin()],
        test: {
          name: 'features',
          include: ['test/integration/features/**/*.test.ts'],
          ...onEngine,
          // They wait for containers for two fifths of their time.
          maxWorkers: 2,
        },
      },
      {
        // Components of the page in a real browser.
        plugins: [react()],
        optimizeDeps: { entries: ['renderer/main.tsx', 'renderer/**/*.browser.test.tsx'] },
        test: {
          name: 'browser',
          expect: { poll: { timeout: 8_000 } },
          // Two pages at once are not faster on two cores, and one page keeps the focus.
          fileParallelism: false,
          include: ['renderer/**/*.browser.test.tsx'],
          setupFiles: ['renderer/testing/styles.test-kit.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            viewport: { width: 1280, height: 800 },
            provider: playwright({
              actionTimeout: 8_000,
              launchOptions: { args: ['--no-sandbox'], ...(chromium && { executablePath: chromium }) },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
