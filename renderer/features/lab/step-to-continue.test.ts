import { expect, test } from 'vitest'
import { labStep } from '../../testing/lab-samples.test-kit'
import { stepToContinue } from './step-to-continue'

const lab = (done: readonly boolean[], completedAt: string | null = null) => ({
  completedAt,
  steps: done.map((isDone, index) => labStep({ id: `step-${index + 1}`, done: isDone, hasSolution: true })),
})

test.each([
  ['after the steps that are done', lab([true, true, false]), { id: 'step-3', number: 3 }],
  ['at the first step that is left', lab([true, false, true, false]), { id: 'step-2', number: 2 }],
  ['nowhere when nothing was done', lab([false, false]), null],
  ['nowhere when only later steps were done', lab([false, true]), null],
  ['nowhere when the lab is completed', lab([true, false], '2026-01-01T00:00:00Z'), null],
])('a lab goes on %s', (_where, given, expected) => {
  expect(stepToContinue(given)).toEqual(expected)
})

test('a lab whose steps nobody can do for the student begins at its first step', () => {
  const steps = [labStep({ done: true, hasSolution: false }), labStep({ id: 'stop' })]
  expect(stepToContinue({ completedAt: null, steps })).toBeNull()
})
