/** The parts of `npm test`, in the order in which they run. Each one returns its counts. */
import { join } from 'node:path'
import { ensureBrowser } from './browser.mjs'
import { log } from './log.mjs'
import { ROOT, run, runPackage, runToFile } from './run.mjs'
import { countClaims, countPlaywright, countProofs, countVitest, NOTHING } from './test-counts.mjs'
import { chosenSeed, chosenShare } from './test-share.mjs'

/** The folder of the reports. */
export const RESULTS = join(ROOT, 'test-results')
const CLI = 'dist/main/cli.js'
/** There are more than five hundred mistakes and claims, each with nodes of its own. */
const PARTS_OF_PROOFS = 12
const KILLS = 'test/faults/kills.test.ts'
/** The folders that hold code. */
const CODE = ['main', 'renderer', 'engine', 'exam', 'shared']

/** A part that passes or fails as a whole counts as one test. */
const whole = (work) => async () => {
  const code = await work()
  return { ...NOTHING, [code === 0 ? 'passed' : 'failed']: 1 }
}

/** Runs one of the projects of vitest.config.ts, all of it or what the flags choose. */
async function vitest(project, { flags = [], name = project, ...options } = {}) {
  const file = join(RESULTS, `${name}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await runPackage('vitest', ['run', '--project', project, ...reporters, ...flags], options)
  return countVitest(file, code)
}

/** A part that needs Chromium. It fails where there is none, because nobody would see that it is skipped. */
const withBrowser = (part) => async () => {
  const browser = await ensureBrowser()
  if (browser !== null) return await part({ env: { ...process.env, CAPSTAN_CHROMIUM: browser } })
  log('There is no Chromium here and none can be installed, so these tests cannot run.')
  return { ...NOTHING, failed: 1 }
}

async function endToEnd(options) {
  const args = ['test', '--config', 'test/e2e/playwright.config.ts']
  const code = await runPackage('@playwright/test', args, { command: 'playwright', ...options })
  return countPlaywright(join(RESULTS, 'e2e.json'), code)
}

/** The share of this run's proofs, written to the log. */
function loggedShare(what, parts) {
  const { share, reason } = chosenShare({ parts })
  log(`This run proves the share ${share} of ${what}: ${reason}. CAPSTAN_PROOFS=1/1 proves all.`)
  return share
}

/** Runs a command of ours that prints one JSON document, and keeps the document. */
async function report(name, args) {
  const file = join(RESULTS, `${name}.json`)
  const code = await runToFile(process.execPath, [CLI, ...args, '--json'], file)
  return { file, code }
}

async function features() {
  const share = loggedShare("the tests of Docker's features")
  return await vitest('features', { flags: [`--shard=${share}`] })
}

/** Every run has the kills. */
const kills = () => vitest('faults', { name: 'kills', flags: [KILLS] })

async function faults() {
  const share = loggedShare('the tests of faults')
  return await vitest('faults', { flags: [`--exclude=${KILLS}`, `--shard=${share}`] })
}

async function verify() {
  const share = loggedShare("the labs' mistakes", PARTS_OF_PROOFS)
  const { file, code } = await report('proofs', ['lab', 'verify', '--jobs', '3', '--mistakes', share])
  return countProofs(file, code)
}

async function claims() {
  const share = loggedShare('the questions with a proof', PARTS_OF_PROOFS)
  const { file, code } = await report('claims', ['bank', 'prove', '--jobs', '4', '--share', share])
  return countClaims(file, code)
}

const imports = ['--config', '.dependency-cruiser.cjs', ...CODE]

export const PARTS = {
  lint: whole(() => runPackage('@biomejs/biome', ['check', '.'])),
  imports: whole(() => runPackage('dependency-cruiser', imports, { command: 'depcruise' })),
  types: whole(() => runPackage('typescript', ['-b'], { command: 'tsc' })),
  labs: whole(() => run(process.execPath, [CLI, 'lab', 'lint'])),
  questions: whole(() => run(process.execPath, [CLI, 'bank', 'lint'])),
  rules: () => vitest('rules'),
  unit: () => vitest('unit'),
  browser: withBrowser((options) => vitest('browser', options)),
  packaging: () => vitest('packaging'),
  fuzz: () => vitest('fuzz', { env: { ...process.env, CAPSTAN_SEED: String(chosenSeed()) } }),
  integration: () => vitest('integration'),
  features,
  kills,
  faults,
  e2e: withBrowser(endToEnd),
  verify,
  claims,
}

/**
 * The names of the parts that the arguments ask for: `--only unit,e2e`, or all of them.
 * @throws Error for a name that is no part
 */
export function chosenParts(args, all = Object.keys(PARTS)) {
  const at = args.indexOf('--only')
  if (at < 0) return all
  const names = (args[at + 1] ?? '').split(',').filter(Boolean)
  const unknown = names.filter((name) => !all.includes(name))
  if (names.length > 0 && unknown.length === 0) return names
  const fault =
    unknown.length > 0 ? `There is no part ${unknown.join(', ')}.` : '--only needs names of parts.'
  throw new Error(`${fault} The parts are ${all.join(', ')}.`)
}
