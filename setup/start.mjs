/** `npm start`: sets everything up and opens the app. */
import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { keepingCompiledCode } from './compiled-code.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { desktopMissing, electronBinary } from './desktop.mjs'
import { log } from './log.mjs'
import { handOver, ROOT } from './run.mjs'

await ensureDependencies()
await ensureBuild()
const missing = await desktopMissing()
const flags = process.argv.slice(2)
const env = keepingCompiledCode()
if (missing) {
  log(`Capstan runs for your browser, not as a desktop app, because ${missing}. Its address follows.`)
  await handOver(process.execPath, [join(ROOT, 'dist/main/cli.js'), 'serve', ...flags], { env })
} else {
  await handOver(electronBinary(), [ROOT, ...flags], { env })
}
