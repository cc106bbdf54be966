/** The specs run twice: against the web host in Chromium, and against the desktop app where it can run. */
import { defineConfig } from '@playwright/test'
import type { AppOptions } from './app'

export default defineConfig<AppOptions>({
  testDir: '.',
  // Other projects have paths to types only, which Playwright would take for the modules themselves.
  tsconfig: '../../tsconfig.browser-tests.json',
  globalSetup: './hold-engine.ts',
  outputDir: '../../test-results',
  // One engine and two cores are shared by all specs.
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  use: { viewport: { width: 1280, height: 800 }, trace: 'retain-on-failure' },
  projects: [
    { name: 'web', use: { shell: 'web' } },
    { name: 'desktop', use: { shell: 'desktop' } },
  ],
})
