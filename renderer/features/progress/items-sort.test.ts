import { expect, test } from 'vitest'
import type { ItemStatisticsView } from '../../../main/api'
import { type Sort, sorted } from './items-sort'

const item = (itemId: string, difficulty: number, discrimination: number | null): ItemStatisticsView => ({
  ...{ itemId, difficulty, discrimination, domain: '', stem: '', count: 1, options: [], flags: [] },
})
const items = [item('b', 0.2, null), item('a', 0.9, 0.1), item('c', 0.5, -0.3)]
const ids = (sort: Sort) => sorted(items, sort).map(({ itemId }) => itemId)

test('items are sorted both ways, and what cannot be told comes last', () => {
  expect(ids({ key: 'item', isDescending: false })).toEqual(['a', 'b', 'c'])
  expect(ids({ key: 'difficulty', isDescending: true })).toEqual(['a', 'c', 'b'])
  expect(ids({ key: 'discrimination', isDescending: false })).toEqual(['c', 'a', 'b'])
  expect(ids({ key: 'discrimination', isDescending: true })).toEqual(['a', 'c', 'b'])
})
