/**
 * `npm run verify:engines`: every lab and every proven question on every version of Docker that nodes can have.
 *
 * `npm run verify:engines -- --engine 20.10 --only labs` proves a part of it. `npm test` proves the usual version.
 */
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { log } from './log.mjs'
import { ROOT, runToFile } from './run.mjs'
import { countClaims, countProofs } from './test-counts.mjs'

const CLI = join(ROOT, 'dist/main/cli.js')
const RESULTS = join(ROOT, 'test-results')
const PARTS = {
  labs: { count: countProofs, args: ['lab', 'verify', '--jobs', '2'] },
  bank: { count: countClaims, args: ['bank', 'prove', '--jobs', '3'] },
}

const { values } = parseArgs({
  options: { engine: { type: 'string', multiple: true }, only: { type: 'string' } },
})
const only = values.only ?? Object.keys(PARTS).join()
const unknown = only.split(',').filter((name) => !(name in PARTS))
if (unknown.length > 0) {
  log(`There is no part ${unknown.join(', ')}. The parts are ${Object.keys(PARTS).join(', ')}.`)
  process.exit(2)
}

await ensureDependencies()
await ensureBuild()
await mkdir(RESULTS, { recursive: true })
const lines = []
for (const version of values.engine ?? (await otherVersions()))
  for (const name of only.split(',')) lines.push(await prove(version, name))
for (const line of lines) log(line.text)
process.exitCode = lines.some(({ failed }) => failed > 0) ? 1 : 0

/** The versions that are not the usual one. */
async function otherVersions() {
  const file = join(RESULTS, 'engines.json')
  const code = await runToFile(process.execPath, [CLI, 'engines', '--json'], file)
  if (code !== 0)
    throw new Error('The versions of Docker cannot be read. Run `npm run -s capstan -- engines`.')
  const { default: usual, versions } = JSON.parse(readFileSync(file, 'utf8'))
  return versions.filter((version) => version !== usual)
}

/** Proves one part on one version. @returns its line of the summary */
async function prove(version, name) {
  const { count, args } = PARTS[name]
  const file = join(RESULTS, `engines-${name}-${version}.json`)
  const started = Date.now()
  const code = await runToFile(process.execPath, [CLI, ...args, '--engine', version, '--json'], file)
  const { passed, failed, skipped, failures = [] } = count(file, code)
  const minutes = ((Date.now() - started) / 60_000).toFixed(1)
  const words = [
    `Docker ${version}, ${name}: ${passed} passed, ${failed} failed, ${skipped} skipped, ${minutes} min`,
  ]
  return { failed, text: [...words, ...failures.map((failure) => `  ${failure}`)].join('\n') }
}
