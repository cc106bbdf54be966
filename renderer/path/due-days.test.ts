import { expect, test } from 'vitest'
import { dueByDay, dueDayName } from './due-days'

const TODAY = new Date(2026, 2, 30, 22)
const at = (day: number, hour: number) => new Date(2026, 2, 30 + day, hour).toISOString()

test('questions are counted by days of the calendar, not by spans of 24 hours', () => {
  const due = [at(8, 12), at(1, 1), at(0, 23), at(1, 23)]
  expect([...dueByDay(due, TODAY)]).toEqual([
    [0, 1],
    [1, 2],
    [8, 1],
  ])
})

test('days have names, the next ones without a date', () => {
  expect(dueDayName(0, TODAY)).toBe('Later today')
  expect(dueDayName(1, TODAY)).toBe('Tomorrow')
  expect(dueDayName(2, TODAY)).toContain('1')
})
