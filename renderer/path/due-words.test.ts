import { expect, test } from 'vitest'
import { dueWords, MOST_REVIEWS } from './due-words'

test('what is due is counted, and a review that asks fewer says why', () => {
  expect(dueWords(1)).toBe('1 question that you missed is due again.')
  expect(dueWords(MOST_REVIEWS)).toBe('10 questions that you missed are due again.')
  expect(dueWords(25)).toBe(
    '25 questions that you missed are due again. A review asks 10 of them, because more is a burden.',
  )
})
