import { expect, test } from 'vitest'
import type { AttemptView } from '../../../main/api'
import { itemWords, neighbour, standingOf, standingWords } from './standing'

type Item = AttemptView['items'][number]
const item = (part: Partial<Item> = {}): Item => ({
  ...{ delivery: 'classic', answered: false, flagged: false, closed: false, open: true, outcome: null },
  ...part,
})
const closedDomc = item({ delivery: 'domc', answered: true, closed: true, open: false })
const openDomc = item({ delivery: 'domc' })
const locked = item({ open: false })

test('the way on leads over what is closed, and ends where an item holds', () => {
  const items = [item(), closedDomc, closedDomc, item(), openDomc, locked]
  expect(neighbour(items, 0, 1)).toBe(3)
  expect(neighbour(items, 3, -1)).toBe(0)
  expect(neighbour(items, 4, 1)).toBeNull()
})

test('what is unanswered counts what is still to come, and a flag counts where one can go back', () => {
  const items = [item({ answered: true, flagged: true }), { ...closedDomc, flagged: true }, openDomc, locked]
  const standing = standingOf(items)
  expect(standing).toEqual({ answered: 2, unanswered: 2, flagged: 1 })
  expect(standingWords(standing)).toBe('2 unanswered, 1 flagged')
  expect(standingWords(standingOf([closedDomc]))).toBe('Every item has an answer')
})

test('an item says its state in words', () => {
  expect(itemWords(item({ answered: true, flagged: true }), 4)).toBe('Item 5, answered, flagged')
  expect(itemWords(locked, 0)).toBe('Item 1, locked')
  expect(itemWords(closedDomc, 1)).toBe('Item 2, closed')
})
