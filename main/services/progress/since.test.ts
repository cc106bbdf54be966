import { expect, test } from 'vitest'
import { midnightBefore, since } from './since'

test('a day begins at midnight of the calendar here', () => {
  const midnight = midnightBefore(new Date(2026, 10, 28, 1, 30))
  expect(midnight).toEqual(new Date(2026, 10, 28))
  const things = [new Date(2026, 10, 27, 23, 59), midnight, new Date(2026, 10, 28, 1)].map((at) => ({ at }))
  expect(since(midnight, things)).toBe(2)
})
