/** Runs the parts of `npm test` one after the other and writes what came of them. */
import { stripVTControlCharacters } from 'node:util'
import { log } from './log.mjs'
import { NOTHING, sum } from './test-counts.mjs'

/** A part that throws has failed, and the parts after it still run. */
async function runPart(name, part) {
  log(`\n── ${name}`)
  const started = performance.now()
  const counts = await Promise.resolve()
    .then(part)
    .catch((error) => {
      log(String(error?.stack ?? error))
      return { ...NOTHING, failed: 1 }
    })
  return { name, counts, seconds: (performance.now() - started) / 1000 }
}

/** @returns the name, the counts and the seconds of each part */
export async function runParts(names, parts) {
  const results = []
  for (const name of names) results.push(await runPart(name, parts[name]))
  return results
}

const inWords = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`

const MOST_FAILURES = 20
const LONGEST_FAILURE = 400

/** A long log is often cut, so its end names what has failed. The whole message stands further up. */
function failureLines(failures) {
  const oneLine = (text) =>
    stripVTControlCharacters(text).trim().replace(/\s+/g, ' ').slice(0, LONGEST_FAILURE)
  const shown = failures.slice(0, MOST_FAILURES).map((text) => `    failed: ${oneLine(text)}`)
  const left = failures.length - shown.length
  return left > 0 ? [...shown, `    failed: ${left} more`] : shown
}

/** One line for each part, with what has failed and the reasons of what was skipped. */
export function summaryLines(results) {
  return results.flatMap(({ name, counts, seconds }) => [
    `${counts.failed ? '✗' : '✓'} ${name.padEnd(12)} ${inWords(counts)}  (${seconds.toFixed(0)} s)`,
    ...failureLines(counts.failures ?? []),
    ...(counts.reasons ?? []).map((reason) => `    skipped: ${reason}`),
  ])
}

/** @returns the sum of all parts: the last line of a run and its exit code */
export function verdict(results) {
  const total = sum(results.map(({ counts }) => counts))
  return { line: inWords(total), exitCode: total.failed > 0 ? 1 : 0 }
}
