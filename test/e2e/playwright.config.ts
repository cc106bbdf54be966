/** The specs run twice: against the web host in Chromium, and against the desktop app where it can run. */
import { defineConfig } from '@playwright/test'
import type { AppOptions } from './app'

export default defineConfig<AppOptions>({
  testDir: '.',
  // Other projects have paths to types only, which Playwright would take for the modules themselves.
  tsconfig: '../../tsconfig.browser-tests.json',
  globalSetup: './hold-engine.ts',
  outputDir: '../../test-results',
  // Each spec has an app of its own. The page and its host wait for each other, so two keep two cores busy.
  workers: 2,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: '../../test-results/e2e.json' }]],
  // A trace takes a picture of each change of the page, which took half of the processor. `--trace on` has one.
  use: { viewport: { width: 1280, height: 800 }, screenshot: 'only-on-failure' },
  projects: [
    { name: 'web', use: { shell: 'web' } },
    { name: 'desktop', use: { shell: 'desktop' } },
  ],
})
