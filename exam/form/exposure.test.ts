import { expect, test } from 'vitest'
import { bankOf } from '../bank'
import type { Blueprint } from '../blueprint'
import type { Item } from '../format'
import { exposureOf } from './exposure'
import { plainItem } from './items.test-kit'

const blueprint: Blueprint = {
  exam: { items: 4, minutes: 8, delivery: { classic: 2, domc: 2 }, passMark: 65, source: 'test' },
  domains: [{ id: 'alpha', prefix: 'ALP', title: 'Alpha', weight: 100 }],
  objectives: [],
}
const options = [
  { id: 1, text: 'yes', right: true, why: null },
  { id: 2, text: 'no', right: false, why: null },
]
const item = (index: number) =>
  plainItem(`alpha-${index}`, { options, difficulty: 'medium', place: { file: '', index } })
const bankOfSize = (size: number) =>
  bankOf({ items: Array.from({ length: size }, (_one, index) => item(index)), templates: [], problems: [] })

test('forms that take the whole bank share all of it', () => {
  expect(exposureOf(bankOfSize(4), blueprint)).toMatchObject({
    forms: 200,
    overlap: 4,
    highest: 1,
    median: 1,
  })
})

test('forms of four from sixteen share one item, as chance has it', () => {
  const { overlap, highest, median } = exposureOf(bankOfSize(16), blueprint)
  expect(overlap).toBeCloseTo(1, 1)
  expect(median).toBeCloseTo(0.25, 1)
  expect(highest).toBeGreaterThan(median)
  expect(highest).toBeLessThan(0.4)
})

test('an item that alone has an objective is in every form, and is named', () => {
  const alone: Item = { ...item(20), objectives: ['ALP-02'] }
  const others = Array.from({ length: 12 }, (_one, index) => item(index))
  const bank = bankOf({ items: [...others, alone], templates: [], problems: [] })
  expect(exposureOf(bank, blueprint)).toMatchObject({ highest: 1, mostShown: 'alpha-20' })
})

test('the items of one template count as one', () => {
  const of = (index: number): Item => ({ ...item(index), template: { id: 'alpha-all', parameters: {} } })
  const bank = bankOf({
    items: [item(0), item(1), item(2)],
    templates: [{ id: 'alpha-all', items: [of(3), of(4), of(5)] }],
    problems: [],
  })
  expect(exposureOf(bank, blueprint)).toMatchObject({ overlap: 4, highest: 1, median: 1 })
})
