import { expect, test } from 'vitest'
import { lastLines } from './last-lines'

test.each([
  ['a\nb\nc\n', 2, 'b c'],
  ['a\nb\nc\n\n  \n', 1, 'c'],
  ['only one', 3, 'only one'],
  ['', 2, ''],
  ['\n\n', 2, ''],
])('%j: the last %i lines are %j', (text, count, expected) => {
  expect(lastLines(text, count)).toBe(expected)
})
