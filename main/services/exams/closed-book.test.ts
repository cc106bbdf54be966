import { expect, test } from 'vitest'
import type { Bank, ItemHead } from '../../../exam'
import { hiddenItems, isSitting } from './closed-book'

const head = (id: string, part: Partial<ItemHead> = {}): ItemHead => ({
  id,
  template: null,
  domain: 'networking',
  kind: 'choice',
  objectives: ['NET-05'],
  difficulty: 'easy',
  enemies: [],
  ...part,
})
const made = (id: string) => head(id, { template: { id: 'made' } })

const BANK: Bank = {
  items: [
    head('asked', { enemies: ['named'] }),
    head('named'),
    head('names', { enemies: ['asked'] }),
    head('names-made', { enemies: ['made'] }),
    head('free'),
  ],
  templates: [{ id: 'made', items: [made('made-1'), made('made-2')] }],
  problems: [],
  item: () => undefined,
}
const running = (...ids: string[]) => [{ form: { seed: 1, minutes: 1, items: ids.map(item) } }]
const item = (id: string) => ({
  id,
  domain: 'networking',
  objectives: [],
  difficulty: 'easy' as const,
  kind: 'choice' as const,
  delivery: 'classic' as const,
  order: [],
  key: [],
  extra: false,
})

test('nothing is hidden when nothing runs', () => {
  expect(hiddenItems([], BANK).size).toBe(0)
})

test('an item hides itself and its enemies, whichever of the two names the other', () => {
  expect([...hiddenItems(running('asked'), BANK)].sort()).toEqual(['asked', 'named', 'names'])
})

test('an item of a template hides the other items of the template, and what calls the template an enemy', () => {
  expect([...hiddenItems(running('made-1'), BANK)].sort()).toEqual(['made-1', 'made-2', 'names-made'])
})

test('an item that left the bank is hidden too', () => {
  expect([...hiddenItems(running('gone'), BANK)]).toEqual(['gone'])
})

test('only a real exam that is not over closes the books', () => {
  expect(isSitting({ mode: 'real', endedBy: null })).toBe(true)
  expect(isSitting({ mode: 'real', endedBy: 'time' })).toBe(false)
  expect(isSitting({ mode: 'practice', endedBy: null })).toBe(false)
})
