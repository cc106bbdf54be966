import fc from 'fast-check'
import { expect, test } from 'vitest'
import { leftNow, timeText, untilChange, warningBetween } from './countdown'

const MIN = 60_000

test('time left follows the clock of the page, without drift and without going below zero', () => {
  expect(leftNow({ left: 10_000, at: 500 }, 3_700)).toBe(6_800)
  expect(leftNow({ left: 10_000, at: 500 }, 30_000)).toBe(0)
  expect(leftNow({ left: 10_000, at: 500 }, 400)).toBe(10_000)
})

test.each([
  [90 * MIN, '90 min'],
  [89 * MIN + 1, '90 min'],
  [5 * MIN + 1, '6 min'],
  [5 * MIN, '5:00'],
  [61_000, '1:01'],
  [59_001, '1:00'],
  [9_000, '0:09'],
  [0, '0:00'],
])('%i ms are told as %s', (left, text) => {
  expect(timeText(left)).toBe(text)
})

test('the text is the same until its change is due, and another one then', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 180 * MIN }), (left) => {
      const wait = untilChange(left)
      expect(wait).toBeGreaterThanOrEqual(1)
      expect(wait).toBeLessThanOrEqual(MIN)
      expect(timeText(left - wait + 1)).toBe(timeText(left))
      expect(timeText(left - wait)).not.toBe(timeText(left))
    }),
  )
})

test('each warning comes once, when its time is passed', () => {
  expect(warningBetween(30 * MIN + 1, 30 * MIN)).toBe(30)
  expect(warningBetween(30 * MIN, 29 * MIN)).toBeNull()
  expect(warningBetween(12 * MIN, 9 * MIN)).toBe(10)
  expect(warningBetween(70_000, 0)).toBe(1)
  expect(warningBetween(31 * MIN, 4 * MIN)).toBe(5)
})
