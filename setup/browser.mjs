/** Finds Chromium: on the PATH, else from the distribution's packages, else from Playwright. */
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from './run.mjs'
import { step } from './say.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome']

function onPath() {
  const folders = (process.env.PATH ?? '').split(delimiter)
  for (const folder of folders)
    for (const name of NAMES) if (existsSync(join(folder, name))) return join(folder, name)
  return null
}

/** @returns its path, '' for Playwright's own, or null when there is none to be had */
export async function ensureBrowser() {
  const found = onPath()
  if (found) return found
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    await step('Installing Chromium from the packages, about a minute', async () => {
      await run('apt-get', ['update', '-qq'])
      await run(
        'apt-get',
        ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-dejavu-core'],
        {
          env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
        },
      )
    })
    const installed = onPath()
    if (installed) return installed
  }
  const code = await step("Fetching Playwright's Chromium", () =>
    run('npx', ['playwright', 'install', 'chromium']),
  )
  return code === 0 ? '' : null
}
