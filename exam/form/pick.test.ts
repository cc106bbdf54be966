import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Difficulty, ItemHead } from '../format'
import { apportion } from './apportion'
import { Company, DIFFICULTY_SPREAD, pick } from './pick'
import { Random } from './random'

function head(id: string, part: Partial<ItemHead> = {}): ItemHead {
  return {
    id,
    template: null,
    domain: 'alpha',
    kind: 'choice',
    objectives: ['ALP-01'],
    difficulty: 'easy',
    enemies: [],
    ...part,
  }
}
const idsOf = (items: readonly ItemHead[]) => items.map(({ id }) => id)
const picked = (items: readonly ItemHead[], count: number, seen: Record<string, number> = {}) =>
  idsOf(pick(items, { count, company: new Company(), seen: new Map(Object.entries(seen)) }))

test.each<[string, number[], number, number[]]>([
  ['equal weights', [1, 1], 4, [2, 2]],
  ['what is left goes to the first of equals', [1, 1, 1], 4, [2, 1, 1]],
  ['what is left goes to the largest fraction', [10, 20, 33], 10, [2, 3, 5]],
  ['a weight of nothing', [0, 5], 3, [0, 3]],
  ['no weights at all', [0, 0], 3, [0, 0]],
  ['nobody', [], 3, []],
  ['nothing to share', [3, 4], 0, [0, 0]],
])('apportion: %s', (_what, weights, total, counts) => {
  expect(apportion(weights, total)).toEqual(counts)
})

test('the spread of difficulties is met exactly while the bank has enough of each', () => {
  const levels: Difficulty[] = ['easy', 'medium', 'hard']
  const items = levels.flatMap((difficulty) =>
    Array.from({ length: 20 }, (_one, index) => head(`${difficulty}-${index}`, { difficulty })),
  )
  const chosen = picked(items, 20)
  expect(levels.map((level) => chosen.filter((id) => id.startsWith(level)).length)).toEqual(
    levels.map((level) => DIFFICULTY_SPREAD[level] / 5),
  )
})

test('a level that the bank lacks is filled with the others', () => {
  const items = Array.from({ length: 10 }, (_one, index) => head(`easy-${index}`))
  expect(picked(items, 10).sort()).toEqual(idsOf(items).sort())
})

test('there are never more than the bank has, and none for a count of nothing', () => {
  expect(picked([head('one')], 5)).toEqual(['one'])
  expect(picked([head('one')], 0)).toEqual([])
  expect(picked([], 5)).toEqual([])
})

test('objectives take turns, whatever their number of items', () => {
  const items = [
    ...Array.from({ length: 9 }, (_one, index) => head(`many-${index}`, { objectives: ['ALP-01'] })),
    head('few-0', { objectives: ['ALP-02'] }),
    head('few-1', { objectives: ['ALP-03'] }),
  ]
  expect(picked(items, 3).sort()).toEqual(['few-0', 'few-1', 'many-0'])
})

test('an item that shares two objectives with one in the form counts it once', () => {
  const items = [
    head('both', { objectives: ['ALP-01', 'ALP-02'] }),
    head('both-too', { objectives: ['ALP-01', 'ALP-02'] }),
    head('one-of-them', { objectives: ['ALP-01'] }),
  ]
  expect(picked(items, 2)).toEqual(['both', 'both-too'])
})

test('a new item comes before one that was seen, and one seen once before one seen twice', () => {
  const items = [head('twice'), head('once'), head('new', { objectives: ['ALP-01'] })]
  expect(picked(items, 3, { twice: 2, once: 1 })).toEqual(['new', 'once', 'twice'])
})

test.each<[string, Partial<ItemHead>, Partial<ItemHead>]>([
  ['by its id', { enemies: ['two'] }, {}],
  ['by its id, the other way round', {}, { enemies: ['one'] }],
  ['by its template', { enemies: ['many'] }, { template: { id: 'many' } }],
  ['by its template, the other way round', { template: { id: 'many' } }, { enemies: ['many'] }],
])('an enemy that is named %s is kept out', (_how, one, two) => {
  expect(picked([head('one', one), head('two', two), head('three')], 3)).toEqual(['one', 'three'])
})

test('items that several picks share know their company', () => {
  const company = new Company()
  const seen = new Map<string, number>()
  pick([head('one', { enemies: ['two'] })], { count: 1, company, seen })
  expect(idsOf(pick([head('two'), head('three')], { count: 2, company, seen }))).toEqual(['three'])
})

const anyHead = fc.record({
  id: fc.uuid(),
  template: fc.constantFrom(null, { id: 'many' }),
  domain: fc.constant('alpha'),
  kind: fc.constant('choice' as const),
  objectives: fc.subarray(['ALP-01', 'ALP-02', 'ALP-03'], { minLength: 1 }),
  difficulty: fc.constantFrom<Difficulty>('easy', 'medium', 'hard'),
  enemies: fc.subarray(['many', 'nobody']),
})

test('whatever the bank holds: no item twice, never too many, and no enemies together', () => {
  fc.assert(
    fc.property(fc.array(anyHead, { maxLength: 30 }), fc.nat(35), (items, count) => {
      const chosen = pick(items, { count, company: new Company(), seen: new Map() })
      expect(chosen.length).toBeLessThanOrEqual(count)
      expect(new Set(chosen).size).toBe(chosen.length)
      for (const one of chosen)
        for (const other of chosen)
          if (one !== other) expect(one.enemies).not.toContain(other.template?.id ?? other.id)
    }),
  )
})

test('random numbers are the same for the same seed, stay below their limit, and reach each value', () => {
  const numbers = (seed: number) => {
    const random = new Random(seed)
    return Array.from({ length: 200 }, () => random.below(5))
  }
  expect(numbers(7)).toEqual(numbers(7))
  expect(numbers(7)).not.toEqual(numbers(8))
  expect([...new Set(numbers(7))].sort()).toEqual([0, 1, 2, 3, 4])
})

test('a shuffle keeps every item, leaves its input alone, and puts each item into each place', () => {
  const items = ['a', 'b', 'c']
  const random = new Random(1)
  const firsts = Array.from({ length: 300 }, () => {
    const shuffled = random.shuffled(items)
    expect([...shuffled].sort()).toEqual(['a', 'b', 'c'])
    return shuffled[0]
  })
  expect(items).toEqual(['a', 'b', 'c'])
  // Each is expected 100 times; three standard deviations are about 25.
  for (const item of items) expect(firsts.filter((one) => one === item).length).toBeGreaterThan(70)
})
