/** `npm run bench`: builds the bench and runs it. */
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { ensureBuild } from './build.mjs'
import { keepingCompiledCode } from './compiled-code.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { handOver, mustRunPackage, ROOT } from './run.mjs'

await ensureDependencies()
await ensureBuild()
const browser = await ensureBrowser()
await mustRunPackage('vite', ['build', '--config', 'test/bench/vite.config.ts', '--logLevel', 'warn'])
await handOver(process.execPath, [join(ROOT, 'dist/bench/bench.js'), ...process.argv.slice(2)], {
  cwd: ROOT,
  // The app that it starts finds compiled code, as it does after its first start.
  env: { ...keepingCompiledCode(), CAPSTAN_CHROMIUM: browser ?? '' },
})
