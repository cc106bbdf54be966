import { expect, test } from 'vitest'
import { differences } from './fingerprint'
import { type LabProofProblem, mergeRuns, verdictOf } from './verdict'

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

test('differences name what is new and what is missing', () => {
  expect(differences(['a', 'b'], ['b', 'c'])).toEqual([
    'new after the reset: c',
    'missing after the reset: a',
  ])
  expect(differences(['a'], ['a'])).toEqual([])
})
