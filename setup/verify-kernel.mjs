/**
 * `npm run verify:kernel`: proves what this computer's kernel cannot, on a complete kernel in user mode.
 *
 *   --cgroup 1|2|both   versions of the control groups (both)
 *   --only ID…          labs, items or words of tests, instead of all that this kernel cannot prove
 *   --json              one JSON document on stdout
 */
import { join } from 'node:path'
import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { handOver, mustRunPackage, ROOT } from './run.mjs'

await ensureDependencies()
await ensureBuild()
await mustRunPackage('vite', ['build', '--config', 'test/kernel/vite.config.ts', '--logLevel', 'warn'])
await handOver(process.execPath, [join(ROOT, 'dist/kernel/kernel.js'), ...process.argv.slice(2)], {
  cwd: ROOT,
})
