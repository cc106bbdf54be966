import { expect, test } from 'vitest'
import { bankOf } from '../bank'
import type { Blueprint } from '../blueprint'
import type { Item } from '../format'
import { drillForm, formOf } from './drill'
import { plainItem } from './items.test-kit'

const blueprint: Blueprint = {
  exam: { items: 60, minutes: 90, delivery: { classic: 15, domc: 45 }, passMark: 65, source: 'test' },
  domains: [{ id: 'alpha', prefix: 'ALP', title: 'Alpha', weight: 100 }],
  objectives: [],
}

function item(id: string, objectives: string[], part: Partial<Item> = {}): Item {
  const options = [1, 2, 3].map((option) => ({
    id: option,
    text: `${option}`,
    right: option === 2,
    why: null,
  }))
  return plainItem(id, { objectives, options, ...part })
}
const items = [
  ...Array.from({ length: 8 }, (_one, index) => item(`one-${index}`, ['ALP-01'])),
  ...Array.from({ length: 8 }, (_one, index) => item(`two-${index}`, ['ALP-02', 'ALP-03'])),
]
const bank = bankOf({ items, templates: [], problems: [] })

test('a drill has items of its objectives only, and no item twice', () => {
  const form = drillForm(bank, { blueprint, seed: 1, objectives: ['ALP-03'], length: 5 })
  expect(new Set(form.items.map(({ id }) => id)).size).toBe(5)
  expect(form.items.every(({ objectives }) => objectives.includes('ALP-03'))).toBe(true)
})

test('a drill is shorter when the bank has no more', () => {
  expect(drillForm(bank, { blueprint, seed: 1, objectives: ['ALP-01'], length: 50 }).items).toHaveLength(8)
})

test('items that were seen least come first', () => {
  const seen = new Map(items.slice(0, 5).map(({ id }) => [id, 1]))
  const form = drillForm(bank, { blueprint, seed: 1, objectives: ['ALP-01'], length: 3, seen })
  expect(form.items.map(({ id }) => id).sort()).toEqual(['one-5', 'one-6', 'one-7'])
})

test('an item of a template may be in a drill, one at most', () => {
  const template = {
    id: 'many',
    items: [1, 2, 3].map((n) =>
      item(`many.${n}`, ['ALP-04'], { template: { id: 'many', parameters: { n } } }),
    ),
  }
  const withTemplate = bankOf({ items, templates: [template], problems: [] })
  const form = drillForm(withTemplate, { blueprint, seed: 1, objectives: ['ALP-04'], length: 3 })
  expect(form.items.map(({ id }) => id.replace(/\d/, 'n'))).toEqual(['many.n'])
})

test.each([
  [['ALP-09'], 'No item serves ALP-09.'],
  [['ALP-08', 'ALP-09'], 'No item serves ALP-08, ALP-09.'],
  [[], 'No item serves no objective.'],
])('objectives without items (%j) are an error with a way out', (objectives, message) => {
  expect(() => drillForm(bank, { blueprint, seed: 1, objectives, length: 3 })).toThrow(
    expect.objectContaining({ code: 'bad-input', message, help: 'Choose another objective.' }),
  )
})

test('a form of named items keeps their order, and takes time and delivery from the blueprint', () => {
  const named = [items[9], items[0], items[4], items[3]].flatMap((one) => one ?? [])
  const form = formOf(named, { blueprint, seed: 5 })
  expect(form.items.map(({ id }) => id)).toEqual(['two-1', 'one-0', 'one-4', 'one-3'])
  expect(form.minutes).toBe(6)
  expect(form.items.filter(({ delivery }) => delivery === 'classic')).toHaveLength(1)
  for (const { key, order } of form.items) {
    expect(key).toEqual([2])
    expect([...order].sort()).toEqual([1, 2, 3])
  }
  expect(formOf(named, { blueprint, seed: 5 })).toEqual(form)
})
