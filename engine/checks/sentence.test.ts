import { expect, test } from 'vitest'
import { fill, isStatic, unknownPlaceholders } from './sentence'

const values = { actual: 'try again.', expected: 'a', name: 'It runs' }

test.each([
  ['It says: {actual}.', 'It says: try again.'],
  ['It says: {actual}. Do.', 'It says: try again. Do.'],
  ['It says {actual}?', 'It says try again?'],
  ['{name}, {actual} {expected}', 'It runs, try again. a'],
  ['{other} {actual', '{other} {actual'],
])('%j becomes %j', (sentence, filled) => {
  expect(fill(sentence, values)).toBe(filled)
})

test('a backtick of a value begins no code', () => {
  expect(fill('Run `docker ps`, not {actual}.', { ...values, actual: '`rm' })).toBe(
    "Run `docker ps`, not 'rm.",
  )
})

test('a sentence that needs no value is told from one that does', () => {
  expect(isStatic('It runs {name}.')).toBe(true)
  expect(isStatic('It is {actual}.')).toBe(false)
  expect(isStatic('Not {expected}.')).toBe(false)
})

test('placeholders that nothing fills in are found', () => {
  expect(unknownPlaceholders('{actual} {found} {name} {Expected} { expected }')).toEqual([
    'found',
    'Expected',
  ])
  expect(unknownPlaceholders('{expected}')).toEqual([])
})
