import { expect, test } from 'vitest'
import type { Attempt } from '../../../exam'
import { itemsAgain } from './again'

const FRESH = { chosen: [], decisions: [], ran: null, flagged: false, closed: false, time: 0 }

function attemptOf(mode: Attempt['mode'], states: readonly Partial<Attempt['items'][number]>[]): Attempt {
  const items = states.map((_state, index) => ({
    ...{
      id: `q${index}`,
      domain: 'images',
      objectives: [],
      difficulty: 'easy' as const,
      kind: 'choice' as const,
    },
    ...{ delivery: 'classic' as const, order: [1, 2], key: [1], extra: false },
  }))
  const form = { seed: 1, minutes: 90, items }
  const rest = { limit: null, elapsed: 0, current: 0, endedBy: 'candidate' as const }
  return { id: 'a', mode, form, items: states.map((state) => ({ ...FRESH, ...state })), ...rest }
}

const STATES = [{ chosen: [1], time: 9 }, { chosen: [2], time: 9 }, { time: 9, flagged: true }, {}]
const again = (mode: Attempt['mode'], what: 'missed' | 'flagged') => {
  const attempt = attemptOf(mode, STATES)
  const items = attempt.form.items.map(({ id }, index) => {
    const { time, chosen } = attempt.items[index] ?? FRESH
    return { id, right: index === 0, answered: chosen.length > 0, time }
  })
  return itemsAgain(attempt, { items }, what)
}

test('in a mock exam what was seen and is not right was missed, and what was never seen was not', () => {
  expect(again('real', 'missed')).toEqual(['q1', 'q2'])
})

test('in practice only what was answered can be missed', () => {
  expect(again('drill', 'missed')).toEqual(['q1'])
})

test('flagged items are looked at again whether they were answered or not', () => {
  expect(again('real', 'flagged')).toEqual(['q2'])
})
