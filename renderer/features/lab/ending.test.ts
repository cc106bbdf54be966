import { expect, test } from 'vitest'
import type { StepView } from '../../../main/api'
import { labStep, step } from '../../testing/lab-samples.test-kit'
import { endingOf, stepNumbers } from './ending'

const session = (...states: StepView['state'][]) => ({ steps: states.map((state) => step({ state })) })
/** @param done whether the student had done the step before */
const lab = (...done: boolean[]) => ({ steps: done.map((isDone) => labStep({ done: isDone })) })

test('a lab has not ended while there is a step to do', () => {
  expect(endingOf(lab(false, false), session('done', 'open'))).toBeNull()
  expect(endingOf(lab(false, false, false), session('skipped', 'open', 'locked'))).toBeNull()
})

test('a student who has done every step has skipped none', () => {
  expect(endingOf(lab(false, false), session('done', 'done'))).toEqual({ done: [1, 2], skipped: [] })
})

test('what was done for the student is told apart from what the student had done before', () => {
  expect(endingOf(lab(false, true, false), session('skipped', 'skipped', 'done'))).toEqual({
    done: [2, 3],
    skipped: [1],
  })
})

test.each([
  [[2], 'step 2'],
  [[1, 2], 'steps 1 and 2'],
  [[3, 4, 5], 'steps 3 to 5'],
  [[1, 3, 4], 'steps 1, 3 and 4'],
  [[1, 4], 'steps 1 and 4'],
])('%j are %s', (numbers, words) => {
  expect(stepNumbers(numbers)).toBe(words)
})
