import { describe, expect, test } from 'vitest'
import { holdsFor, isVersionRange, rangeInWords } from './versions'

test.each(['>=23', '<29', '>=20.10 <29', '  >=1.10  '])('"%s" is a range', (text) => {
  expect(isVersionRange(text)).toBe(true)
})

test.each(['', '23', '>23', '>=23.0.1', '<29 >=20', '>=20 >=23', '>=v23', '>= 23', '>=1234'])(
  '"%s" is none',
  (text) => {
    expect(isVersionRange(text)).toBe(false)
  },
)

describe('a range', () => {
  test.each([
    ['>=23', '20.10', false],
    ['>=23', '23.0', true],
    ['>=23', '26.1.5', true],
    ['>=20.10', '20.9', false],
    ['>=20.10', '20.10.24', true],
    ['<29', '28.5', true],
    ['<29', '29.0', false],
    ['>=20.10 <29', '19.3', false],
    ['>=20.10 <29', '26.1', true],
    ['>=20.10 <29', '29', false],
  ])('%s and version %s: %s', (range, version, holds) => {
    expect(holdsFor(range, version)).toBe(holds)
  })
})

test.each([
  ['>=23', 'since Docker 23'],
  ['<29', 'before Docker 29'],
  ['>=20.10 <29', 'since Docker 20.10 and before Docker 29'],
])('%s reads as "%s"', (range, words) => {
  expect(rangeInWords(range)).toBe(words)
})
