/** Starts the app of a spec: the web host with Chromium, or Electron, each with its own data folder. */
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, test as base, chromium, _electron as electron, type Page } from '@playwright/test'
import { type SeededAttempt, seedAttempts } from './seed'
import { CHROMIUM_ARGS, end, ROOT, serve } from './serve'

export interface AppOptions {
  readonly shell: 'web' | 'desktop'
  /** Fills the data folder before the app starts. */
  readonly seeded: { readonly attempts: readonly SeededAttempt[] }
}

/** The app under test. */
export interface App {
  readonly page: Page
  readonly dataDirectory: string
  /** Opens another page of the same app, like a second window of the browser. */
  readonly another: () => Promise<Page>
  /** Kills the host and starts it again. */
  readonly restart: () => Promise<void>
}

interface Running extends Omit<App, 'dataDirectory'> {
  close(): Promise<void>
}

async function openWeb(browser: Browser, dataDirectory: string): Promise<Running> {
  let host = await serve(dataDirectory)
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const another = async () => {
    const page = await context.newPage()
    // Without WebGL the terminal writes its text into the page, where a spec can read it.
    await page.goto(`${host.url}&renderer=dom`)
    return page
  }
  return {
    page: await another(),
    another,
    restart: async () => {
      await end(host.process, 'SIGKILL')
      host = await serve(dataDirectory)
    },
    close: async () => {
      await context.close()
      await end(host.process)
    },
  }
}

async function openDesktop(dataDirectory: string): Promise<Running> {
  const app = await electron.launch({
    args: [ROOT, '--no-sandbox'],
    env: { ...process.env, CAPSTAN_DATA: dataDirectory } as Record<string, string>,
  })
  const another = () => Promise.reject(new Error('The desktop app has one window.'))
  const restart = () => Promise.reject(new Error('The window of the desktop app ends with its host.'))
  return { page: await app.firstWindow(), another, restart, close: () => app.close() }
}

/** Why the desktop app cannot run here, or null when it can. */
export function desktopMissing(): string | null {
  const electronFolder = join(createRequire(import.meta.url).resolve('electron'), '..')
  if (!existsSync(join(electronFolder, 'dist'))) return 'the Electron binary is not downloaded here'
  const display = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  return display ? null : 'there is no display'
}

export const test = base.extend<AppOptions & { app: App; page: Page }, { chromiumBrowser: Browser }>({
  shell: ['web', { option: true }],
  seeded: [{ attempts: [] }, { option: true }],

  chromiumBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from its pattern
    async ({}, use) => {
      const executablePath = process.env.CAPSTAN_CHROMIUM
      const browser = await chromium.launch({
        args: CHROMIUM_ARGS,
        ...(executablePath && { executablePath }),
      })
      await use(browser)
      await browser.close()
    },
    { scope: 'worker' },
  ],

  app: async ({ shell, seeded, chromiumBrowser }, use) => {
    const missing = shell === 'desktop' ? desktopMissing() : null
    base.skip(missing !== null, `desktop app: ${missing}`)
    const dataDirectory = await mkdtemp(join(tmpdir(), 'capstan-e2e-'))
    if (seeded.attempts.length > 0) await seedAttempts(dataDirectory, seeded.attempts)
    const open = () =>
      shell === 'web' ? openWeb(chromiumBrowser, dataDirectory) : openDesktop(dataDirectory)
    const running = await open()
    await use({ ...running, dataDirectory })
    await running.close()
    await rm(dataDirectory, { recursive: true, force: true })
  },

  page: async ({ app }, use) => {
    await use(app.page)
  },
})

export { expect } from '@playwright/test'
