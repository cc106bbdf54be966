/** Reads the reports of the test runners. A report that is not there is a failure. */
import { existsSync, readFileSync } from 'node:fs'

export const NOTHING = { passed: 0, failed: 0, skipped: 0 }

function report(file) {
  if (!existsSync(file)) return null
  const text = readFileSync(file, 'utf8')
  return text.trim() ? JSON.parse(text) : null
}

/** A runner that ended badly without a failed test has failed all the same. */
function atLeastOneFailure(counts, code) {
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts
}

export function countVitest(file, code) {
  const found = report(file)
  const counts = {
    passed: found?.numPassedTests ?? 0,
    failed: found?.numFailedTests ?? 0,
    skipped: (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0),
  }
  return atLeastOneFailure(counts, code)
}

export function countPlaywright(file, code) {
  const found = report(file)
  const stats = found?.stats ?? {}
  const reasons = new Set()
  const visit = (suite) => {
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        for (const { type, description } of test.annotations ?? [])
          if (type === 'skip' && description) reasons.add(description)
      }
    }
    for (const child of suite.suites ?? []) visit(child)
  }
  for (const suite of found?.suites ?? []) visit(suite)
  const counts = {
    passed: stats.expected ?? 0,
    failed: (stats.unexpected ?? 0) + (stats.flaky ?? 0),
    skipped: stats.skipped ?? 0,
    reasons: [...reasons],
  }
  return atLeastOneFailure(counts, code)
}

export function countProofs(file, code) {
  const found = report(file)
  const labs = found?.labs ?? []
  const counts = {
    passed: labs.filter(({ ok, skipped }) => ok && !skipped).length,
    failed: labs.filter(({ ok }) => !ok).length,
    skipped: labs.filter(({ skipped }) => skipped).length,
    reasons: labs.flatMap(({ id, skipped }) => (skipped ? [`${id}: ${skipped}`] : [])),
    problems: labs.flatMap(({ id, steps }) =>
      steps.flatMap((step) =>
        step.problems.map(({ kind, message }) => `✗ ${id} ${step.id}: ${kind}: ${message}`),
      ),
    ),
  }
  return atLeastOneFailure(counts, code)
}

export function sum(all) {
  return all.reduce(
    (total, { passed, failed, skipped }) => ({
      passed: total.passed + passed,
      failed: total.failed + failed,
      skipped: total.skipped + skipped,
    }),
    NOTHING,
  )
}

export function countClaims(file, code) {
  const items = report(file)?.items ?? []
  const count = (state) => items.filter((item) => item.state === state).length
  const reasons = new Set(items.flatMap(({ state, message }) => (state === 'unprovable' ? [message] : [])))
  const counts = {
    passed: count('proven'),
    failed: count('failed'),
    skipped: count('unprovable'),
    reasons: [...reasons],
  }
  return atLeastOneFailure(counts, code)
}
