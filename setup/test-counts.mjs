/** Reads the reports of the test runners. A report that is missing counts as a failure. */
import { existsSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { ROOT } from './run.mjs'

export const NOTHING = { passed: 0, failed: 0, skipped: 0 }

/** @returns what a file holds, or null when there is none, or when its writer was killed halfway */
function report(file) {
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

/** A runner that ended badly without a failed test has failed too, and so has one that wrote no report. */
function withRunner(counts, { found, code }) {
  const ranWell = found !== null && code === 0
  return ranWell || counts.failed > 0 ? counts : { ...counts, failed: 1 }
}

export function countVitest(file, code) {
  const found = report(file)
  const counts = {
    passed: found?.numPassedTests ?? 0,
    failed: found?.numFailedTests ?? 0,
    skipped: (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0),
    reasons: skippedTitles(found),
    failures: vitestFailures(found),
  }
  return withRunner(counts, { found, code })
}

/** The failed tests by file and name, each with what it says. A file that cannot be loaded has no tests. */
function vitestFailures(found) {
  return (found?.testResults ?? []).flatMap(({ name, status, message, assertionResults = [] }) => {
    const file = relative(ROOT, name ?? '')
    const failed = assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0 && status === 'failed') return [`${file}: ${message}`]
    return failed.map((test) => `${file} › ${test.fullName}: ${test.failureMessages?.[0] ?? ''}`)
  })
}

/** Tests that are skipped carry their reason in their title. */
function skippedTitles(found) {
  const tests = (found?.testResults ?? []).flatMap(({ assertionResults }) => assertionResults ?? [])
  const skipped = tests.filter(({ status }) => status === 'pending' || status === 'skipped')
  return [...new Set(skipped.map(({ fullName }) => fullName))]
}

export function countPlaywright(file, code) {
  const found = report(file)
  const stats = found?.stats ?? {}
  const specs = (found?.suites ?? []).flatMap(specsIn)
  const counts = {
    passed: stats.expected ?? 0,
    failed: (stats.unexpected ?? 0) + (stats.flaky ?? 0),
    skipped: stats.skipped ?? 0,
    reasons: [...new Set(specs.flatMap(skipReasons))],
    failures: specs.flatMap(specFailures),
  }
  return withRunner(counts, { found, code })
}

/** The specs of a suite, and of the suites in it. */
function specsIn({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsIn)]
}

/** The reasons that specs give for what they skip. */
function skipReasons({ tests }) {
  const annotations = tests.flatMap((test) => test.annotations ?? [])
  return annotations.flatMap(({ type, description }) => (type === 'skip' && description ? [description] : []))
}

/** The failed tests of a spec, each with what it says. */
function specFailures({ file, title, tests }) {
  const failed = tests.filter(({ status }) => status === 'unexpected' || status === 'flaky')
  return failed.map(({ results = [] }) => {
    const message = results.find(({ error }) => error)?.error.message
    return `${file} › ${title}: ${message ?? ''}`
  })
}

export function countProofs(file, code) {
  const found = report(file)
  const labs = found?.labs ?? []
  const counts = {
    passed: labs.filter(({ ok, skipped }) => ok && !skipped).length,
    failed: labs.filter(({ ok }) => !ok).length,
    skipped: labs.filter(({ skipped }) => skipped).length,
    reasons: labs.flatMap(({ id, skipped }) => (skipped ? [`${id}: ${skipped}`] : [])),
    failures: labs.flatMap(({ id, steps }) =>
      steps.flatMap((step) =>
        step.problems.map(({ kind, message }) => `${id} ${step.id}: ${kind}: ${message}`),
      ),
    ),
  }
  return withRunner(counts, { found, code })
}

export function countClaims(file, code) {
  const found = report(file)
  const items = found?.items ?? []
  const count = (state) => items.filter((item) => item.state === state).length
  const counts = {
    passed: count('proven'),
    failed: count('failed'),
    skipped: count('unprovable'),
    reasons: [...new Set(items.flatMap(({ state, message }) => (state === 'unprovable' ? [message] : [])))],
    failures: items.flatMap(({ id, state, message }) => (state === 'failed' ? [`${id}: ${message}`] : [])),
  }
  return withRunner(counts, { found, code })
}

/** @returns the sums of the three counts */
export function sum(all) {
  const total = (key) => all.reduce((so, counts) => so + counts[key], 0)
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') }
}
