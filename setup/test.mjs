/** `npm test`: sets everything up, runs every part, and ends with one line of counts. */
import { mkdirSync, rmSync } from 'node:fs'
import { ensureBuild } from './build.mjs'
import { ensureDependencies } from './dependencies.mjs'
import { log } from './log.mjs'
import { NOTHING } from './test-counts.mjs'
import { chosenParts, PARTS, RESULTS } from './test-parts.mjs'
import { runParts, summaryLines, verdict } from './test-run.mjs'

async function setUpAndRun() {
  const names = chosenParts(process.argv.slice(2))
  await ensureDependencies()
  await ensureBuild()
  rmSync(RESULTS, { recursive: true, force: true })
  mkdirSync(RESULTS, { recursive: true })
  return await runParts(names, PARTS)
}

/** A run that cannot begin has failed, and says so in the same last line. */
const results = await setUpAndRun().catch((error) => {
  log(`✗ ${error.message}`)
  return [{ name: 'set-up', counts: { ...NOTHING, failed: 1 }, seconds: 0 }]
})
log('')
for (const line of summaryLines(results)) log(line)
const { line, exitCode } = verdict(results)
process.stdout.write(`${line}\n`)
process.exitCode = exitCode
