import fc from 'fast-check'
import { expect, test } from 'vitest'
import { bankOf, type ParsedBank } from '../bank'
import type { Blueprint } from '../blueprint'
import type { Item } from '../format'
import { apportion } from './apportion'
import { assembleForm } from './assemble'
import { plainItem } from './items.test-kit'

const blueprint: Blueprint = {
  exam: { items: 55, minutes: 90, delivery: { classic: 13, domc: 42 }, passMark: 65, source: 'test' },
  domains: [
    { id: 'alpha', prefix: 'ALP', title: 'Alpha', weight: 60 },
    { id: 'beta', prefix: 'BET', title: 'Beta', weight: 40 },
  ],
  objectives: [],
}

function item(id: string, domain: string, index: number, part: Partial<Item> = {}): Item {
  const options = [0, 1, 2, 3].map((option) => ({
    id: option,
    text: `${option}`,
    right: option === index % 4,
    why: null,
  }))
  return plainItem(id, {
    domain,
    options,
    difficulty: (['easy', 'medium', 'medium', 'hard'] as const)[index % 4] ?? 'easy',
    objectives: [`${domain.slice(0, 3).toUpperCase()}-0${index % 5}`],
    place: { file: '', index },
    ...part,
  })
}

const items = ['alpha', 'beta'].flatMap((domain) =>
  Array.from({ length: 60 }, (_one, index) => item(`${domain}-${index}`, domain, index)),
)
const bankWith = (part: Partial<ParsedBank>) => bankOf({ items, templates: [], problems: [], ...part })
const bank = bankWith({})
const anySeed = fc.integer({ min: 0, max: 2 ** 31 - 1 })

test('shares add up, and none is off by a whole one', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(100), { minLength: 1, maxLength: 9 }), fc.nat(500), (weights, total) => {
      const sum = weights.reduce((all, weight) => all + weight, 0)
      const counts = apportion(weights, total)
      fc.pre(sum > 0)
      expect(counts.reduce((all, count) => all + count, 0)).toBe(total)
      counts.forEach((count, index) => {
        expect(Math.abs(count - ((weights[index] ?? 0) / sum) * total)).toBeLessThan(1)
      })
    }),
  )
})

test('a form meets the weights, the delivery and the spread, and has no item twice', () => {
  fc.assert(
    fc.property(anySeed, (seed) => {
      const form = assembleForm(bank, { blueprint, seed })
      const count = (is: (one: (typeof form.items)[number]) => boolean) => form.items.filter(is).length
      expect(new Set(form.items.map(({ id }) => id)).size).toBe(55)
      expect(count(({ domain }) => domain === 'alpha')).toBe(33)
      expect(count(({ delivery }) => delivery === 'classic')).toBe(13)
      expect(count(({ difficulty }) => difficulty === 'hard')).toBeGreaterThanOrEqual(10)
      expect(form.minutes).toBe(90)
      for (const { order, key } of form.items) {
        expect([...order].sort()).toEqual([0, 1, 2, 3])
        expect(key).toHaveLength(1)
      }
    }),
    { numRuns: 50 },
  )
})

test('the same seed gives the same form, another one another', () => {
  expect(assembleForm(bank, { blueprint, seed: 7 })).toEqual(assembleForm(bank, { blueprint, seed: 7 }))
  expect(assembleForm(bank, { blueprint, seed: 7 })).not.toEqual(assembleForm(bank, { blueprint, seed: 8 }))
})

test('enemies are never in one form, whichever of them names the other', () => {
  const foes = items.map((one, index) =>
    one.domain === 'alpha' && index % 2 === 0 ? { ...one, enemies: [`alpha-${index + 1}`] } : one,
  )
  fc.assert(
    fc.property(anySeed, (seed) => {
      const form = assembleForm(bankWith({ items: foes }), { blueprint, seed, length: 40 })
      const ids = new Set(form.items.map(({ id }) => id))
      for (const { id, enemies } of foes)
        if (ids.has(id)) for (const enemy of enemies) expect(ids.has(enemy)).toBe(false)
    }),
    { numRuns: 30 },
  )
})

test('items that were seen least come first', () => {
  const seen = new Map(items.slice(0, 30).map(({ id }) => [id, 1]))
  const form = assembleForm(bank, { blueprint, seed: 3, length: 20, seen })
  expect(form.items.filter(({ id }) => seen.has(id))).toEqual([])
})

test('a template gives one item at most', () => {
  const template = {
    id: 'many',
    items: [1, 2, 3].map((n) =>
      item(`many.${n}`, 'alpha', n, { template: { id: 'many', parameters: { n } } }),
    ),
  }
  const form = assembleForm(bankWith({ items: items.slice(0, 80), templates: [template] }), {
    blueprint,
    seed: 1,
    length: 40,
  })
  expect(form.items.filter(({ id }) => id.startsWith('many.')).length).toBeLessThanOrEqual(1)
})

test('a bank that is too small says which domain', () => {
  const small = bankWith({ items: items.slice(0, 10) })
  expect(() => assembleForm(small, { blueprint, seed: 1 })).toThrow(
    expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(/^Alpha has 10 items/) }),
  )
})
