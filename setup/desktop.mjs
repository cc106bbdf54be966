/** Finds out whether the desktop app can be opened here, and fetches its binary where it is missing. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { step } from './log.mjs'
import { ROOT, run } from './run.mjs'

/** @returns the path of the desktop shell's binary, or null */
export function electronBinary(root = ROOT) {
  const folder = join(root, 'node_modules/electron')
  const nameFile = join(folder, 'path.txt')
  const name = existsSync(nameFile) ? readFileSync(nameFile, 'utf8') : ''
  const path = join(folder, 'dist', name)
  return name && existsSync(path) ? path : null
}

export function hasDisplay({ platform = process.platform, env = process.env } = {}) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
}

/** As root, the shell starts only without its sandbox, and then a page could do everything. */
export function isRootOnLinux({ platform = process.platform, uid = process.getuid?.() } = {}) {
  return platform === 'linux' && uid === 0
}

async function fetchElectron() {
  await step('Fetching the desktop shell, about 100 MB', () =>
    run(process.execPath, ['node_modules/electron/install.js']),
  )
}

/** @returns the reason why the desktop app cannot be opened here, or null */
export async function desktopMissing({
  display = hasDisplay(),
  root = isRootOnLinux(),
  binary = electronBinary,
  fetch = fetchElectron,
} = {}) {
  if (!display) return 'there is no display'
  if (root) return 'the desktop shell keeps its sandbox, which root on Linux cannot use'
  if (binary()) return null
  await fetch()
  return binary() ? null : 'its binary cannot be downloaded'
}
