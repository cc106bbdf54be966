import { expect, test } from 'vitest'
import { clockText, count, timeWarning } from './words'

test.each([
  [0, '0:00'],
  [-5, '0:00'],
  [1, '0:01'],
  [59_001, '1:00'],
  [3_599_000, '59:59'],
  [3_723_000, '1:02:03'],
])('%i ms are %s', (ms, text) => expect(clockText(ms)).toBe(text))

test('one thing is no plural', () => {
  expect([count(1, 'node'), count(3, 'node')]).toEqual(['1 node', '3 nodes'])
})

test('a warning is given at ten, five and one minute, and when it is over', () => {
  const minutes = [11, 10, 6, 5, 2, 1, 0].map((minute) => timeWarning(minute * 60_000))
  expect(minutes).toEqual([
    null,
    'Less than ten minutes left.',
    'Less than ten minutes left.',
    'Less than five minutes left.',
    'Less than five minutes left.',
    'Less than one minute left.',
    'The time is up.',
  ])
})
