import { expect, test } from 'vitest'
import { statusOf, wordsAtStep, wordsOf } from './status'

const NEW = { sessionId: null, completedAt: null, stepsDone: 0, continueAt: null }
const BEGUN = { ...NEW, stepsDone: 2 }
const STOPPED = { ...BEGUN, continueAt: { stepId: 'three', number: 3 } }
const DONE = { ...NEW, stepsDone: 3, completedAt: '2026-01-01' }

test.each([
  ['nothing done', NEW, 'new', 'Start'],
  ['a step done', BEGUN, 'begun', 'Start again'],
  ['a step done, and the next one can be reached', STOPPED, 'begun', 'Continue at step 3'],
  ['completed', DONE, 'done', 'Do it again'],
  ['open', { ...STOPPED, sessionId: 's' }, 'open', 'Continue'],
  ['open again after it was completed', { ...DONE, sessionId: 's' }, 'open', 'Continue'],
])('%s', (_what, lab, status, words) => {
  expect(statusOf(lab)).toBe(status)
  expect(wordsOf(lab)).toBe(words)
})

test.each([
  ['the first one of a new lab', NEW, 1, 'Start'],
  ['the first one of a lab that was begun', STOPPED, 1, 'Start again'],
  ['the one where it goes on', STOPPED, 3, 'Continue at step 3'],
  ['another one', STOPPED, 2, 'Start at step 2'],
  ['a later one of a lab that is done', DONE, 2, 'Start at step 2'],
])('a chosen step: %s', (_which, lab, number, words) => {
  expect(wordsAtStep(lab, number)).toBe(words)
})
