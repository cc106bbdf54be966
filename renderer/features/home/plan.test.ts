import { expect, test } from 'vitest'
import { daysUntil, planOf } from './plan'

const NONE = new Map<number, number>()

test.each([
  ['2026-03-30', 2],
  ['2026-03-28', 0],
  ['2026-03-27', -1],
  ['2027-03-28', 365],
])('to %s there are %d days, whatever the hour', (day, days) => {
  for (const hour of [0, 12, 23]) expect(daysUntil(day, new Date(2026, 2, 28, hour, 59))).toBe(days)
})

test('every lab has its day, evenly, and the last days have none', () => {
  const plan = planOf({ days: 13, labs: 5, due: 0, later: NONE })
  expect(plan).toHaveLength(13)
  expect(plan.reduce((sum, { labs }) => sum + labs, 0)).toBe(5)
  expect(plan[0]?.labs).toBe(1)
  expect(Math.max(...plan.map(({ labs }) => labs))).toBe(1)
  expect(plan.slice(-3).every(({ labs }) => labs === 0)).toBe(true)
})

test('mock exams come once a week and near the end, and never on the last day', () => {
  const mocks = planOf({ days: 16, labs: 0, due: 0, later: NONE }).flatMap(({ mock }, index) =>
    mock ? index : [],
  )
  expect(mocks).toEqual([6, 13, 14])
})

test('one day is enough for everything that is left', () => {
  expect(planOf({ days: 1, labs: 4, due: 7, later: NONE })).toEqual([{ labs: 4, reviews: 7, mock: false }])
})

test('reviews are counted on the days on which they come back; on other days they are not known', () => {
  const later = new Map([
    [0, 2],
    [1, 4],
  ])
  const reviews = planOf({ days: 5, labs: 1, due: 3, later }).map((day) => day.reviews)
  expect(reviews.slice(0, 3)).toEqual([5, 4, 'due'])
})
