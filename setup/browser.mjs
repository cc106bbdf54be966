/** Finds Chromium: on the PATH, then in the distribution's packages, then from Playwright. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { step } from './log.mjs'
import { run, runPackage } from './run.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

/** The first browser on the PATH, or null. */
export function browserOnPath({ path = process.env.PATH ?? '', exists = existsSync } = {}) {
  const files = path.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)))
  return files.find((file) => exists(file)) ?? null
}

/** Installs Chromium from the packages of Debian and its relatives. */
async function installPackage() {
  const packages = ['chromium', 'fonts-dejavu-core']
  await step('Installing Chromium from the packages, about a minute', async () => {
    await run('apt-get', ['update', '-qq'])
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  })
}

async function fetchPlaywrights() {
  return await step("Fetching Playwright's Chromium", () =>
    runPackage('@playwright/test', ['install', 'chromium'], { command: 'playwright' }),
  )
}

const canInstall = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

/** @returns the path of the browser, '' for Playwright's own, or null when none can be had */
export async function ensureBrowser({
  find = browserOnPath,
  install = canInstall() ? installPackage : null,
  fetch = fetchPlaywrights,
} = {}) {
  const found = find()
  if (found) return found
  if (install) {
    await install()
    const installed = find()
    if (installed) return installed
  }
  return (await fetch()) === 0 ? '' : null
}
