import { describe, expect, test } from 'vitest'
import { aCheck, aLab, aResult, aStep } from './labs.test-kit'
import {
  assertCanStartAt,
  isOpen,
  newRecord,
  refuseExamTask,
  startOf,
  stepCalled,
  stepSnapshots,
  withHint,
  withResults,
  withSolution,
} from './steps'

const a = aCheck('a')
const b = aCheck('b')
const lab = aLab({ steps: [aStep('one', { checks: [a, b] }), aStep('two', { checks: [aCheck('c')] })] })
const fresh = () => newRecord({ id: 's1', lab, kind: 'student' })

test('only the first step is open at the start', () => {
  expect(lab.steps.map(({ id }) => isOpen(lab, fresh(), id))).toEqual([true, false])
})

test('a step is done when all its checks are green, and not before', () => {
  const one = stepCalled(lab, 'one')
  const half = withResults(fresh(), one, new Map([[a, aResult('green')]]))
  expect(half.stepsDone).toEqual([])
  const all = withResults(
    half,
    one,
    new Map([
      [a, aResult('green')],
      [b, aResult('green')],
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
        [a, aResult('red')],
        [b, aResult('green')],
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
  expect(after?.solution).toEqual([{ kind: 'code', node: 'node1', text: 'true', runs: true }])
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

test('a step without checks is never done by itself', () => {
  const empty = aStep('one', { checks: [] })
  expect(withResults(fresh(), empty, new Map()).stepsDone).toEqual([])
})

test('a solution that is asked for twice is noted once', () => {
  const one = stepCalled(lab, 'one')
  expect(withSolution(withSolution(fresh(), one), one).solutionsShown).toEqual(['one'])
})

test('a check without a result is pending', () => {
  const [one] = stepSnapshots(lab, fresh(), new Map([[a, aResult('red')]]))
  expect(one?.checks).toMatchObject([
    { name: 'a', node: 'node1', state: 'red', explanation: 'it is red' },
    { name: 'b', node: 'node1', state: 'pending', expected: '', found: '', explanation: '' },
  ])
})

describe('what the student has to find out', () => {
  const secret = aStep('one', { checks: [aCheck('port', { secret: true })] })
  const ofSecret = aLab({ steps: [secret] })
  const told = { expected: '2377', found: '7946', whole: '7946 and more' }
  const shown = (state: 'red' | 'green', record = fresh()) => {
    const result = { state, ...told, explanation: 'It is another port.' }
    const results = new Map(secret.checks.map((check) => [check, result] as const))
    return stepSnapshots(ofSecret, record, results)[0]?.checks[0]
  }

  test('is not told while the check is red', () => {
    expect(shown('red')).toMatchObject({
      expected: '',
      found: '',
      whole: null,
      explanation: 'It is another port.',
    })
  })

  test('is told once it is found, or once the solution is shown', () => {
    expect(shown('green')).toMatchObject(told)
    expect(shown('red', withSolution(fresh(), secret))).toMatchObject(told)
  })
})

test('a task of an exam is refused, a lab is not', () => {
  expect(() => refuseExamTask(lab)).not.toThrow()
  expect(() => refuseExamTask(aLab({ kind: 'task' }))).toThrow(
    expect.objectContaining({ code: 'session-state' }),
  )
})

test('a new record is at the first step and belongs to this process', () => {
  expect(fresh()).toMatchObject({
    id: 's1',
    labId: 'lab',
    kind: 'student',
    pid: process.pid,
    topologyId: null,
    prepared: false,
    currentStep: 'one',
    stepsDone: [],
  })
})

describe('a start at a later step', () => {
  const three = aLab({ steps: [aStep('one'), aStep('two'), aStep('three')] })

  test('skips the steps before it, and opens it', () => {
    const record = newRecord({ id: 's1', lab: three, kind: 'student', stepId: 'three' })
    expect(record).toMatchObject({ currentStep: 'three', stepsSkipped: ['one', 'two'], stepsDone: [] })
    expect(stepSnapshots(three, record, new Map()).map(({ state }) => state)).toEqual([
      'skipped',
      'skipped',
      'open',
    ])
  })

  test('keeps what the student had done before, and forgets what comes after', () => {
    const earlier = { stepsDone: ['one', 'three'], doneAt: { one: '2026-01-01', three: '2026-01-02' } }
    expect(startOf(three, { stepId: 'three', earlier })).toMatchObject({
      stepsDone: ['one'],
      doneAt: { one: '2026-01-01' },
      stepsSkipped: ['two'],
    })
  })

  test('does not make a skipped step done, whatever its checks say', () => {
    const record = newRecord({ id: 's1', lab: three, kind: 'student', stepId: 'two' })
    const one = stepCalled(three, 'one')
    const results = new Map(one.checks.map((check) => [check, aResult('green')] as const))
    expect(withResults(record, one, results)).toBe(record)
  })

  test('is refused at a step that is not there, and after one without a solution', () => {
    const gap = aLab({ steps: [aStep('one', { solution: [] }), aStep('two')] })
    expect(() => assertCanStartAt(gap, 'one')).not.toThrow()
    expect(() => assertCanStartAt(gap, 'two')).toThrow(expect.objectContaining({ code: 'session-state' }))
    expect(() => assertCanStartAt(gap, 'none')).toThrow(expect.objectContaining({ code: 'not-found' }))
  })
})

test('a step keeps the time at which it was done', () => {
  const one = stepCalled(lab, 'one')
  const done = withResults(
    fresh(),
    one,
    new Map([
      [a, aResult('green')],
      [b, aResult('green')],
    ]),
  )
  expect(stepSnapshots(lab, done, new Map())[0]?.doneAt).toMatch(/^\d{4}-\d\d-\d\dT/)
})
