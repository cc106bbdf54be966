import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type AttemptEvent, fold } from '../attempt'
import type { Blueprint } from '../blueprint'
import type { FormItem } from '../form'
import { score, share } from './score'

const blueprint: Blueprint = {
  exam: { items: 4, minutes: 4, delivery: { classic: 2, domc: 2 }, passMark: 50, source: 'test' },
  domains: [
    { id: 'alpha', prefix: 'ALP', title: 'Alpha', weight: 50 },
    { id: 'beta', prefix: 'BET', title: 'Beta', weight: 30 },
    { id: 'gamma', prefix: 'GAM', title: 'Gamma', weight: 20 },
  ],
  objectives: [],
}
const item = (domain: string, delivery: FormItem['delivery']): FormItem => ({
  id: `${domain}-${delivery}`,
  domain,
  objectives: [],
  difficulty: 'easy',
  kind: 'multiple',
  delivery,
  order: [0, 1, 2],
  key: [0, 2],
  extra: false,
})
const items = [item('alpha', 'classic'), item('alpha', 'domc'), item('beta', 'classic'), item('beta', 'domc')]

function result(...events: AttemptEvent[]) {
  return resultOf('real', ...events)
}

function resultOf(mode: 'real' | 'practice', ...events: AttemptEvent[]) {
  const form = { seed: 1, minutes: 4, items }
  return score(
    fold([{ kind: 'began', at: 0, attemptId: 'a', mode, form, limit: null }, ...events]),
    blueprint,
  )
}
const chose = (at: number, options: number[]): AttemptEvent => ({ kind: 'chose', at: 1, item: at, options })
const decide = (at: number, option: number, yes: boolean): AttemptEvent => ({
  kind: 'decided',
  at: 1,
  item: at,
  option,
  yes,
})

test('a classic item is right with exactly its key', () => {
  expect(result(chose(0, [2, 0])).items[0]).toMatchObject({ right: true, answered: true })
  expect(result(chose(0, [0])).items[0]?.right).toBe(false)
  expect(result(chose(0, [0, 1, 2])).items[0]?.right).toBe(false)
  expect(result().items[0]).toMatchObject({ right: false, answered: false })
})

test.each<[kind: 'ordering' | 'matching', key: number[], given: number[], places: boolean[]]>([
  ['ordering', [1, 2, 3], [1, 2, 3], [true, true, true]],
  ['ordering', [1, 2, 3], [1, 3, 2], [true, false, false]],
  ['ordering', [1, 2, 3], [], [false, false, false]],
  ['matching', [1, 2, 1], [1, 2, 1], [true, true, true]],
  ['matching', [1, 2, 1], [1, 1, 2], [true, false, false]],
  ['matching', [1, 2, 1], [0, 0, 1], [false, false, true]],
])('a place of an %s %j that got %j is right or not; all or nothing counts', (kind, key, given, places) => {
  const [first] = items
  const form = {
    seed: 1,
    minutes: 4,
    items: [{ ...(first ?? expect.fail()), kind, order: [3, 2, 1], key }],
  }
  const began = { kind: 'began', at: 0, attemptId: 'a', mode: 'practice', form, limit: null } as const
  const { items: results } = score(fold([began, chose(0, given)]), blueprint)
  expect(results[0]).toMatchObject({ places, right: places.every(Boolean), answered: given.length > 0 })
})

test('shares by domain, the total against the pass mark; a domain without items is left out', () => {
  const half = result(chose(0, [0, 2]), decide(1, 0, true), decide(1, 1, false), decide(1, 2, true))
  expect(half.domains.map(({ id, right, of }) => ({ id, right, of }))).toEqual([
    { id: 'alpha', right: 2, of: 2 },
    { id: 'beta', right: 0, of: 2 },
  ])
  expect(half).toMatchObject({ passed: true, passMark: 50, total: { percent: 50 } })
  expect(result().passed).toBe(false)
})

test('an interval holds its share, is within 0 and 100, and narrows with more items', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(200), (of, raw) => {
      const one = share(Math.min(raw, of), of)
      expect(one.low).toBeGreaterThanOrEqual(0)
      expect(one.high).toBeLessThanOrEqual(100)
      expect(one.low).toBeLessThanOrEqual(one.percent + 1e-9)
      expect(one.high).toBeGreaterThanOrEqual(one.percent - 1e-9)
      const more = share(one.right * 4, of * 4)
      expect(more.high - more.low).toBeLessThan(one.high - one.low)
    }),
  )
  expect(share(0, 0)).toMatchObject({ low: 0, high: 100 })
})

test('practice counts the items that were answered, a real exam all of them', () => {
  const events = [chose(0, [0, 2]), decide(1, 0, true), { kind: 'revealed', at: 1, item: 2 } as const]
  const practice = resultOf('practice', ...events)
  // The one-at-a-time item was left in its middle, and the last one was not reached.
  expect(practice.total).toMatchObject({ right: 1, of: 2, percent: 50 })
  expect(practice.domains.map(({ id, of }) => [id, of])).toEqual([
    ['alpha', 1],
    ['beta', 1],
  ])
  expect(result(...events).total).toMatchObject({ right: 1, of: 4 })
  expect(resultOf('practice').total).toMatchObject({ right: 0, of: 0 })
})
