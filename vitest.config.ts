import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { configDefaults, defineConfig } from 'vitest/config'

/** setup/browser.mjs finds it. Empty for the one that Playwright has downloaded. */
const chromium = process.env.CAPSTAN_CHROMIUM

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{engine,main,renderer,exam,shared,setup}/**/*.test.{ts,tsx,mjs}'],
          exclude: [...configDefaults.exclude, '**/*.browser.test.*'],
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
      {
        // Components of the page in a real browser.
        plugins: [react()],
        optimizeDeps: { entries: ['renderer/main.tsx', 'renderer/**/*.browser.test.tsx'] },
        test: {
          name: 'browser',
          expect: { poll: { timeout: 8_000 } },
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
