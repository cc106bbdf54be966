import { expect, test } from 'vitest'
import { type LabProofProblem, mergeRuns, skippedVerdict, verdictOf } from './verdict'

const lab = { id: 'lab', stepIds: ['one', 'two'] }
const passes: LabProofProblem = { kind: 'mistake-passes', message: 'wrong.sh turns the step green.' }

test('a lab without findings is proven', () => {
  expect(verdictOf(lab, new Map(), 1.26)).toEqual({
    id: 'lab',
    ok: true,
    skipped: false,
    seconds: 1.3,
    steps: [
      { id: 'one', ok: true, problems: [] },
      { id: 'two', ok: true, problems: [] },
    ],
  })
})

test('a problem in every run keeps its kind', () => {
  const run = verdictOf(lab, new Map([['two', [passes]]]), 1)
  const merged = mergeRuns([run, run, run])
  expect(merged.steps[1]?.problems).toEqual([passes])
  expect(merged.seconds).toBe(3)
})

test('a problem in some runs only is a flake', () => {
  const bad = verdictOf(lab, new Map([['two', [passes]]]), 1)
  const good = verdictOf(lab, new Map(), 1)
  const merged = mergeRuns([good, bad, good])
  expect(merged.ok).toBe(false)
  expect(merged.steps[1]?.problems[0]).toMatchObject({ kind: 'flake' })
  expect(merged.steps[1]?.problems[0]?.message).toContain('1 of 3 runs')
})

test('a flake is listed beside a problem that every run found', () => {
  const always: LabProofProblem = { kind: 'green-at-start', message: 'It is green.' }
  const merged = mergeRuns([
    verdictOf(lab, new Map([['one', [always, passes]]]), 1),
    verdictOf(lab, new Map([['one', [always]]]), 1),
  ])
  expect(merged.steps[0]?.problems).toEqual([
    always,
    { kind: 'flake', message: 'In 1 of 2 runs: mistake-passes: wrong.sh turns the step green.' },
  ])
  expect(merged.steps[1]).toEqual({ id: 'two', ok: true, problems: [] })
})

test('one run is its own verdict', () => {
  const run = verdictOf(lab, new Map([['two', [passes]]]), 1.5)
  expect(mergeRuns([run])).toEqual(run)
  expect(() => mergeRuns([])).toThrow(RangeError)
})

test('a problem of one step leaves the others well, and fails the lab', () => {
  const { ok, steps } = verdictOf(lab, new Map([['one', [passes]]]), 1)
  expect(ok).toBe(false)
  expect(steps.map((step) => step.ok)).toEqual([false, true])
})

test('a lab that is skipped is no failure, and says why', () => {
  expect(skippedVerdict('lab', 'This engine lacks vxlan.')).toEqual({
    id: 'lab',
    ok: true,
    skipped: 'This engine lacks vxlan.',
    seconds: 0,
    steps: [],
  })
})
