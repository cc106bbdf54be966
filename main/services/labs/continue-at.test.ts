import { expect, test } from 'vitest'
import { continueAt } from './continue-at'

const PART = { on: 'node1', file: 'solution.sh', text: 'true' }
const STEPS = ['one', 'two', 'three'].map((id) => ({ id, solution: [PART] }))

test.each([
  ['after the steps that are done', ['one', 'two'], { stepId: 'three', number: 3 }],
  ['at the first step that is left', ['one', 'three'], { stepId: 'two', number: 2 }],
  ['nowhere when nothing was done', [], null],
  ['nowhere when only later steps were done', ['two'], null],
  ['nowhere when all steps were done', ['one', 'two', 'three'], null],
])('a lab goes on %s', (_where, done, expected) => {
  expect(continueAt(STEPS, done)).toEqual(expected)
})

test('a lab whose steps nobody can do for the student begins at its first step', () => {
  expect(continueAt([{ id: 'one', solution: [] }, ...STEPS.slice(1)], ['one'])).toBeNull()
})
