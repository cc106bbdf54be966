import { expect, test } from 'vitest'
import type { Blueprint } from '../blueprint'
import { readinessCurve } from './curve'
import { evidenceOf, type KnownAnswer } from './evidence'
import { readiness } from './readiness'

const blueprint: Blueprint = {
  exam: { items: 55, minutes: 90, delivery: { classic: 13, domc: 42 }, passMark: 65, source: 'test' },
  domains: [{ id: 'alpha', prefix: 'ALP', title: 'Alpha', weight: 100 }],
  objectives: [{ id: 'ALP-01', title: 'One', source: 'test', hands: false }],
}
const KIND = { difficulty: 'medium', domain: 'alpha', objectives: ['ALP-01'] } as const
const NOW = new Date(2026, 10, 21, 12)
const onDay = (days: number) => new Date(2026, 10, 21 - days, 10)

const answers = (days: number, count: number, right: boolean): KnownAnswer[] =>
  Array.from({ length: count }, (_one, index) => ({
    ...KIND,
    itemId: `${days}-${index}`,
    right,
    at: onDay(days),
  }))

const curve = (given: readonly KnownAnswer[], labs: readonly number[] = []) =>
  readinessCurve(
    {
      answers: given,
      labs: labs.map((days) => ({ ...KIND, id: `lab-${days}`, at: onDay(days) })),
      blueprint,
      passMark: 65,
    },
    NOW,
  )

test('without answers and labs there is no curve', () => {
  expect(curve([])).toEqual([])
})

test('each day with an answer or a lab has a point, which knows nothing of later days', () => {
  const points = curve([...answers(9, 20, false), ...answers(2, 20, true)], [5])
  expect(points.map(({ at }) => at)).toEqual(
    [9, 5, 2].map((days) => new Date(2026, 10, 21 - days, 23, 59, 59, 999)),
  )
  expect(points.map(({ estimate }) => [estimate.items, estimate.labs])).toEqual([
    [20, 0],
    [20, 1],
    [40, 1],
  ])
  const [first, , last] = points.map(({ estimate }) => estimate.percent)
  expect(first).toBeLessThan(last ?? 0)
})

test('the point of today is the estimate of now', () => {
  const given = answers(0, 30, true)
  const [point] = curve(given)
  const { total } = readiness(evidenceOf(given, [], NOW), blueprint, 65)
  expect(point).toEqual({ at: NOW, estimate: total })
})

test('of many days so many are kept that they can be told apart, with the first and the last', () => {
  const points = curve(Array.from({ length: 100 }, (_one, days) => answers(days, 1, true)).flat())
  expect(points).toHaveLength(40)
  expect(points[0]?.estimate.items).toBe(1)
  expect(points.at(-1)?.at).toEqual(NOW)
})
