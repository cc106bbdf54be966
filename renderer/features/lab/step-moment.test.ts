import { expect, test } from 'vitest'
import { check, step } from '../../testing/lab-samples.test-kit'
import { counted, momentOfStep, pressing } from './step-moment'

const checks = (...states: ('green' | 'red' | 'pending')[]) =>
  states.map((state, index) => check({ name: `${index}`, state }))

test.each([
  ['open', checks('green', 'red'), 'working'],
  ['open', checks('green', 'green'), 'working'],
  ['done', checks('green', 'green'), 'done'],
  ['done', checks('pending', 'pending'), 'done'],
  ['done', checks('green', 'red'), 'past'],
] as const)('a step that is %s with these checks is: %#', (state, all, moment) => {
  expect(momentOfStep(step({ state, checks: all }))).toBe(moment)
})

test('a guard counts only while it is wrong', () => {
  const asked = check({ name: 'asked' })
  const guard = check({ name: 'guard', guard: true })
  expect(counted([asked, { ...guard, state: 'green' }])).toEqual([asked])
  expect(counted([asked, { ...guard, state: 'pending' }])).toEqual([asked])
  expect(counted([asked, guard])).toEqual([asked, guard])
})

test('a guard that fell comes before what is asked next', () => {
  const asked = check({ name: 'asked' })
  const fallen = check({ name: 'fallen', guard: true })
  const green = check({ name: 'green', state: 'green' })
  expect(pressing([green, asked, fallen])).toBe(fallen)
  expect(pressing([green, asked])).toBe(asked)
  expect(pressing([asked, check({ guard: true, state: 'pending' })])).toBe(asked)
  expect(pressing([green])).toBeUndefined()
})
