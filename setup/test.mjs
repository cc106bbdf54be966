/** `npm test`: sets everything up, runs every part, and ends with one line of counts. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { ROOT, run } from './run.mjs'
import { say } from './say.mjs'
import { countClaims, countPlaywright, countProofs, countVitest, NOTHING, sum } from './test-counts.mjs'

const RESULTS = join(ROOT, 'test-results')
const bin = (name) => join(ROOT, 'node_modules/.bin', name)

/** A part that passes or fails as a whole counts as one test. */
const whole = (command, args) => async () => {
  const code = await run(command, args)
  return { ...NOTHING, [code === 0 ? 'passed' : 'failed']: 1 }
}

const vitest = (project) => async () => {
  const file = join(RESULTS, `${project}.json`)
  const code = await run(bin('vitest'), [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  return countVitest(file, code)
}

async function endToEnd() {
  const browser = await ensureBrowser()
  if (browser === null) {
    say('There is no Chromium and none can be had: the end-to-end tests cannot run.')
    return { ...NOTHING, failed: 1 }
  }
  const code = await run(bin('playwright'), ['test', '--config', 'test/e2e/playwright.config.ts'], {
    env: { ...process.env, CAPSTAN_CHROMIUM: browser },
  })
  return countPlaywright(join(RESULTS, 'e2e.json'), code)
}

/**
 * Claims of questions and mistakes of labs: all of them take longer than a whole run may, so each day has a third.
 * CAPSTAN_PROOFS=1/1 asks for all.
 */
function share() {
  return process.env.CAPSTAN_PROOFS ?? `${1 + (Math.floor(Date.now() / 86_400_000) % 3)}/3`
}

async function proofs() {
  const file = join(RESULTS, 'proofs.json')
  const code = await run('sh', [
    '-c',
    `"$0" dist/main/cli.js lab verify --jobs 4 --mistakes ${share()} --json > "$1"`,
    process.execPath,
    file,
  ])
  const counts = countProofs(file, code)
  for (const problem of counts.problems) say(problem)
  return counts
}

async function claims() {
  const file = join(RESULTS, 'claims.json')
  const code = await run('sh', [
    '-c',
    `"$0" dist/main/cli.js bank prove --jobs 4 --share ${share()} --json > "$1"`,
    process.execPath,
    file,
  ])
  return countClaims(file, code)
}

const PARTS = {
  lint: whole(bin('biome'), ['check', '.']),
  imports: whole(bin('depcruise'), [
    '--config',
    '.dependency-cruiser.cjs',
    'main',
    'renderer',
    'engine',
    'exam',
    'shared',
  ]),
  types: whole(bin('tsc'), ['--noEmit', '-p', 'tsconfig.json']),
  labs: whole(process.execPath, ['dist/main/cli.js', 'lab', 'lint']),
  questions: whole(process.execPath, ['dist/main/cli.js', 'bank', 'lint']),
  unit: vitest('unit'),
  integration: vitest('integration'),
  e2e: endToEnd,
  verify: proofs,
  claims,
}

function chosen() {
  const at = process.argv.indexOf('--only')
  const names = at < 0 ? Object.keys(PARTS) : (process.argv[at + 1] ?? '').split(',')
  const unknown = names.filter((name) => !(name in PARTS))
  if (unknown.length > 0)
    throw new Error(`Unknown part ${unknown.join(', ')}. There are ${Object.keys(PARTS).join(', ')}.`)
  return names
}

async function runPart(name) {
  say(`\n── ${name}`)
  const started = performance.now()
  const counts = await PARTS[name]()
  return { name, counts, seconds: (performance.now() - started) / 1000 }
}

const names = chosen()
await ensureDependencies()
await ensureBuild()
rmSync(RESULTS, { recursive: true, force: true })
mkdirSync(RESULTS, { recursive: true })

const results = []
for (const name of names) results.push(await runPart(name))

say('')
for (const { name, counts, seconds } of results) {
  const { passed, failed, skipped } = counts
  say(
    `${failed ? '✗' : '✓'} ${name.padEnd(12)} ${passed} passed, ${failed} failed, ${skipped} skipped  (${seconds.toFixed(0)} s)`,
  )
  for (const reason of counts.reasons ?? []) say(`    skipped: ${reason}`)
}
const total = sum(results.map(({ counts }) => counts))
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`)
process.exitCode = total.failed > 0 ? 1 : 0
