import { expect, test } from 'vitest'
import type { Item, Response } from '../../../exam'
import { StatisticsView } from '../../api'
import { statisticsOf } from './statistics'

const item = (id: string): Item => ({
  id,
  template: null,
  domain: 'networking',
  objectives: ['NET-05'],
  kind: 'choice',
  difficulty: 'easy',
  stem: `Stem of ${id}`,
  exhibits: [],
  options: [1, 2].map((option) => ({ id: option, text: `Option ${option}`, right: option === 1, why: null })),
  explanation: '',
  source: '',
  versions: null,
  enemies: [],
  prompts: [],
  command: null,
  distinct: [],
  proof: null,
  unprovable: null,
  tags: [],
  category: null,
  place: { file: 'f.yaml', index: 0 },
})
const ITEMS = new Map(['a', 'b', 'c'].map((id) => [id, item(id)]))

/** So many answers to an item, of which so many are right. */
function answers(itemId: string, count: number, right: number): Response[] {
  return Array.from({ length: count }, (_one, index) => ({
    attemptId: `attempt-${index}`,
    itemId,
    right: index < right,
    picked: [index < right ? 1 : 2],
    shown: [1, 2],
  }))
}
const context = {
  attempts: 40,
  item: (id: string) => ITEMS.get(id),
  hidden: new Set<string>(),
  keys: new Set(ITEMS.keys()),
}

test('an item has its texts, its difficulty and what was picked', () => {
  const view = statisticsOf(answers('a', 4, 3), context)
  expect(StatisticsView.parse(view)).toEqual(view)
  expect(view).toMatchObject({ attempts: 40, enough: 20 })
  expect(view.items).toMatchObject([
    { itemId: 'a', domain: 'networking', stem: 'Stem of a', count: 4, difficulty: 0.75, flags: [] },
  ])
  expect(view.items[0]?.options).toEqual([
    { text: 'Option 1', right: true, picked: 0.75 },
    { text: 'Option 2', right: false, picked: 0.25 },
  ])
})

test('flagged items come first, then those with more answers, then by name', () => {
  const responses = [
    ...answers('c', 2, 1),
    ...answers('b', 3, 1),
    ...answers('a', 2, 1),
    ...answers('gone', 30, 30),
  ]
  const { items } = statisticsOf(responses, context)
  expect(items.map(({ itemId }) => itemId)).toEqual(['gone', 'b', 'a', 'c'])
  expect(items[0]?.flags).toContain('too-easy')
})

test('an item that has left the bank says so', () => {
  const [gone] = statisticsOf(answers('gone', 1, 1), context).items
  expect(gone).toMatchObject({ stem: 'This item is no longer in the bank.', domain: '', options: [] })
})

test('items of an exam that runs are hidden, though their answers count for others', () => {
  const responses = [...answers('a', 3, 1), ...answers('b', 3, 2)]
  const { items } = statisticsOf(responses, { ...context, hidden: new Set(['a']) })
  expect(items.map(({ itemId }) => itemId)).toEqual(['b'])
  expect(statisticsOf([], context).items).toEqual([])
})

test('an item has no options and no key when they may not be seen', () => {
  const responses = [...answers('a', 3, 1), ...answers('b', 3, 2)]
  const { items } = statisticsOf(responses, { ...context, keys: new Set(['a']) })
  expect(items.map(({ itemId, stem, options }) => [itemId, stem, options.length])).toEqual([
    ['a', 'Stem of a', 2],
    ['b', 'Stem of b', 0],
  ])
  expect(JSON.stringify(items[1])).not.toContain('Option')
})
