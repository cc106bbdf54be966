import { expect, test } from 'vitest'
import { daysUntil, planOf } from './plan'

test.each([
  ['2026-03-30', 2],
  ['2026-03-28', 0],
  ['2026-03-27', -1],
  ['2027-03-28', 365],
])('to %s there are %d days, whatever the hour', (day, days) => {
  for (const hour of [0, 12, 23]) expect(daysUntil(day, new Date(2026, 2, 28, hour, 59))).toBe(days)
})

test('every lab has its day, evenly, and the last days have none', () => {
  const plan = planOf({ days: 13, labs: 5, due: 0 })
  expect(plan).toHaveLength(13)
  expect(plan.reduce((sum, { labs }) => sum + labs, 0)).toBe(5)
  expect(plan[0]?.labs).toBe(1)
  expect(Math.max(...plan.map(({ labs }) => labs))).toBe(1)
  expect(plan.slice(-3).every(({ labs }) => labs === 0)).toBe(true)
})

test('mock exams come once a week and near the end, and never on the last day', () => {
  const mocks = planOf({ days: 16, labs: 0, due: 0 }).flatMap(({ mock }, index) => (mock ? index : []))
  expect(mocks).toEqual([6, 13, 14])
})

test('one day is enough for everything that is left', () => {
  expect(planOf({ days: 1, labs: 4, due: 7 })).toEqual([{ labs: 4, reviews: 7, mock: false }])
})

test('the reviews of today are counted, and those of later days are not known', () => {
  const [today, tomorrow] = planOf({ days: 5, labs: 1, due: 3 })
  expect([today?.reviews, tomorrow?.reviews]).toEqual([3, 'due'])
})
