/** `npm start`: sets everything up and opens the app. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { become, ROOT, run } from './run.mjs'
import { say, step } from './say.mjs'

/** Why the desktop app cannot be opened here, or null. */
async function desktopMissing() {
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  if (!hasDisplay) return 'there is no display'
  if (!electronBinary()) {
    const code = await step('Fetching the desktop shell, about 100 MB', () =>
      run(process.execPath, ['node_modules/electron/install.js']),
    )
    if (code !== 0 || !electronBinary()) return 'its binary cannot be downloaded'
  }
  return null
}

function electronBinary() {
  const folder = join(ROOT, 'node_modules/electron')
  const name = existsSync(join(folder, 'path.txt')) ? readFileSync(join(folder, 'path.txt'), 'utf8') : ''
  const path = join(folder, 'dist', name)
  return name && existsSync(path) ? path : null
}

await ensureDependencies()
await ensureBuild()
const missing = await desktopMissing()
const flags = process.argv.slice(2)
if (missing) {
  say(`The desktop app is not opened, because ${missing}: serving it to your browser instead.`)
  await become(process.execPath, [join(ROOT, 'dist/main/cli.js'), 'serve', ...flags])
} else {
  await become(electronBinary(), [ROOT, ...flags])
}
