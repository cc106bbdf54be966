import { expect, test } from 'vitest'
import type { CheckResult } from '../checks'
import type { Check, LoadedLab } from '../labs'
import { isOpen, newRecord, startOf, stepCalled, stepSnapshots, withHint, withResults } from './steps'

const check = (name: string) => ({ name, on: 'node1', guard: false }) as Check
const result = (state: CheckResult['state']): CheckResult => ({
  state,
  expected: '',
  found: '',
  explanation: '',
})
const step = (id: string, checks: Check[]) => ({
  id,
  checks,
  hints: ['first', 'second'],
  solution: [{ on: 'node1', text: 'true' }],
})

const a = check('a')
const b = check('b')
const lab = {
  id: 'lab',
  title: 'Lab',
  steps: [step('one', [a, b]), step('two', [check('c')])],
} as unknown as LoadedLab
const fresh = () => newRecord({ id: 's1', lab, kind: 'student' })

test('only the first step is open at the start', () => {
  expect(lab.steps.map(({ id }) => isOpen(lab, fresh(), id))).toEqual([true, false])
})

test('a step is done when all its checks are green, and not before', () => {
  const one = stepCalled(lab, 'one')
  const half = withResults(fresh(), one, new Map([[a, result('green')]]))
  expect(half.stepsDone).toEqual([])
  const all = withResults(
    half,
    one,
    new Map([
      [a, result('green')],
      [b, result('green')],
    ]),
  )
  expect(all.stepsDone).toEqual(['one'])
  expect(isOpen(lab, all, 'two')).toBe(true)
})

test('a done step stays done when a check turns red again', () => {
  const one = stepCalled(lab, 'one')
  const done = { ...fresh(), stepsDone: ['one'] }
  expect(
    withResults(
      done,
      one,
      new Map([
        [a, result('red')],
        [b, result('green')],
      ]),
    ).stepsDone,
  ).toEqual(['one'])
})

test('hints are shown one at a time and run out', () => {
  const one = stepCalled(lab, 'one')
  let record = fresh()
  const shown = [1, 2, 3].map(() => {
    record = withHint(record, one)
    return stepSnapshots(lab, record, new Map())[0]?.hints.length
  })
  expect(shown).toEqual([1, 2, 2])
})

test('the solution is kept back until it is asked for', () => {
  const [before] = stepSnapshots(lab, fresh(), new Map())
  const [after] = stepSnapshots(lab, { ...fresh(), solutionsShown: ['one'] }, new Map())
  expect(before?.solution).toBeNull()
  expect(after?.solution).toBe('true')
})

test('a reset puts the steps back and keeps the hints that were read', () => {
  const record = { ...fresh(), currentStep: 'two', stepsDone: ['one'], hintsShown: { one: 2 } }
  expect({ ...record, ...startOf(lab) }).toMatchObject({
    currentStep: 'one',
    stepsDone: [],
    hintsShown: { one: 2 },
  })
})

test('an unknown step is an error that says so', () => {
  expect(() => stepCalled(lab, 'three')).toThrow('no step called "three"')
})
