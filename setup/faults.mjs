/**
 * `npm run faults`: the fault tests, with more random kills than `npm test` has.
 *
 * `npm run faults -- --kills 1000 --seed 7 kills` kills the app a thousand times during labs and exams. Without
 * names, all fault tests run.
 */
import { parseArgs } from 'node:util'
import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { mustRunPackage } from './run.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' } },
})
await ensureDependencies()
await ensureBuild()
const files = positionals.length > 0 ? positionals.map((name) => `test/faults/${name}`) : ['test/faults']
await mustRunPackage('vitest', ['run', '--project', 'faults', ...files], {
  env: { ...process.env, CAPSTAN_KILLS: values.kills, ...(values.seed && { CAPSTAN_SEED: values.seed }) },
})
