/**
 * `npm run fuzz`: the fuzz tests for longer than `npm test` runs them.
 *
 * `npm run fuzz -- --seconds 600 --seed 7 web-host` tries each property of test/fuzz/web-host.test.ts for ten
 * minutes. Without names, all are tried.
 */
import { parseArgs } from 'node:util'
import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { mustRunPackage } from './run.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } },
})
await ensureDependencies()
await ensureBuild()
await mustRunPackage('vitest', ['run', '--project', 'fuzz', ...positionals], {
  env: {
    ...process.env,
    CAPSTAN_FUZZ_SECONDS: values.seconds,
    ...(values.seed && { CAPSTAN_SEED: values.seed }),
  },
})
