import { fileURLToPath } from 'node:url'
import { beforeAll, expect, test } from 'vitest'
import { wholeItems } from '../../../exam'
import { type LoadedBank, loadBank } from '../bank'
import { type FormSource, formFor, formOfItems, mockForm } from './forms'

let bank: LoadedBank
beforeAll(async () => {
  bank = await loadBank(fileURLToPath(new URL('../../..', import.meta.url)))
})
const source = (part: Partial<FormSource> = {}): FormSource => ({
  ...bank,
  seen: new Map(),
  seed: 7,
  ...part,
})

test('without a wish a form is that of the real exam', () => {
  const form = formFor({}, source())
  const { items, minutes, delivery } = bank.blueprint.exam
  expect(form.items).toHaveLength(items)
  expect(form.minutes).toBe(minutes)
  expect(form.items.filter((item) => item.delivery === 'domc')).toHaveLength(delivery.domc)
})

test('a form depends on its seed, and on nothing else', () => {
  expect(formFor({}, source())).toEqual(formFor({}, source()))
  expect(formFor({}, source({ seed: 8 }))).not.toEqual(formFor({}, source()))
})

test('a wish for domains and a length is kept', () => {
  const { items } = formFor({ length: 9, domains: ['storage'] }, source())
  expect(items).toHaveLength(9)
  expect(new Set(items.map(({ domain }) => domain))).toEqual(new Set(['storage']))
})

test('a form of objectives has items of them only, and prefers those that were not seen', () => {
  const wanted = ['NET-05', 'STO-01']
  const wish = { objectives: wanted, length: 3 }
  const first = formFor(wish, source()).items
  for (const { objectives } of first) expect(objectives.some((one) => wanted.includes(one))).toBe(true)
  const seen = new Map(first.map(({ id }) => [id, 1]))
  const second = formFor(wish, source({ seen })).items
  expect(second.filter(({ id }) => seen.has(id))).toEqual([])
})

test('a form of objectives without a length is as long as the exam, or has all there are', () => {
  const { items } = formFor({ objectives: ['NET-05'] }, source())
  expect(items.length).toBeLessThanOrEqual(bank.blueprint.exam.items)
  expect(items.length).toBeGreaterThan(2)
})

test.each([
  ['objectives that no item serves', { objectives: ['NET-99'] }, 'Choose another objective.'],
  [
    'more items than there are',
    { length: 200, domains: ['storage'] },
    'Ask for fewer items, or for more domains.',
  ],
])('%s are refused with a way out', (_what, wish, help) => {
  expect(() => formFor(wish, source())).toThrow(expect.objectContaining({ code: 'bad-input', help }))
})

test('a form of named items has them in their order', () => {
  const items = wholeItems(bank.bank, bank.bank.items.slice(3, 8).reverse())
  expect(formOfItems(items, source()).items.map(({ id }) => id)).toEqual(items.map(({ id }) => id))
})

test('a form of nothing is refused', () => {
  expect(() => formOfItems([], source())).toThrow(
    expect.objectContaining({ code: 'bad-input', help: expect.stringContaining('come back later') }),
  )
})

test('half a mock exam has half the items in half the time', () => {
  const { items, minutes, shared } = mockForm({ half: true }, source())
  expect([items.length, minutes, shared]).toEqual([27, 45, undefined])
})

test('a numbered form is the same for everybody, whatever they have seen', () => {
  const seen = new Map(formFor({}, source()).items.map(({ id }) => [id, 9]))
  const mine = mockForm({ half: false, formNumber: 42 }, source({ seed: 1, seen }))
  expect(mine).toEqual(mockForm({ half: false, formNumber: 42 }, source({ seed: 2 })))
  expect(mine).toMatchObject({ seed: 42, shared: true })
  expect(mockForm({ half: false, formNumber: 43 }, source())).not.toEqual(mine)
})
