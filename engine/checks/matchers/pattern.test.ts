import { expect, test } from 'vitest'
import { isPattern, patternError, toRegExp } from './pattern'

test.each([
  ['/a/', true],
  ['//', true],
  ['/a/b/i', true],
  ['/a\nb/s', true],
  ['/a/dimsuv', true],
  ['a', false],
  ['/a', false],
  ['/a/g', false],
  ['/a/y', false],
  ['/root/site', false],
  ['', false],
])('%j is a pattern: %s', (text, expected) => {
  expect(isPattern(text)).toBe(expected)
})

test.each([
  ['/a b/i', 'a b', 'i'],
  ['/a/b/', 'a\\/b', ''],
  ['a+', 'a+', ''],
  ['/x/g', '\\/x\\/g', ''],
])('%s is compiled', (text, source, flags) => {
  expect(toRegExp(text)).toMatchObject({ source, flags })
})

test('the same pattern gives the same answer every time', () => {
  const pattern = toRegExp('/a/')
  expect([1, 2, 3].map(() => pattern.test('a'))).toEqual([true, true, true])
})

test.each([
  ['/(/', 'Unterminated group'],
  ['(', 'Unterminated group'],
  ['/a/ii', 'Invalid flags'],
  ['/a/uv', 'Invalid flags'],
])('%s does not compile, and the reason is named', (text, reason) => {
  expect(patternError(text)).toContain(reason)
})

test.each(['/a/', 'a', '/[a-z]+/u'])('%s compiles', (text) => {
  expect(patternError(text)).toBeNull()
})
