/** What is due for review, in words: pure. */
import { count } from '../components'

/** A longer review is a burden, so more than these are not asked at once. */
export const MOST_REVIEWS = 10

/** "14 questions that you missed are due again. A review asks 10 of them, because more is a burden." @param due at least one */
export function dueWords(due: number): string {
  const words = `${count(due, 'question')} that you missed ${due === 1 ? 'is' : 'are'} due again.`
  return due > MOST_REVIEWS
    ? `${words} A review asks ${MOST_REVIEWS} of them, because more is a burden.`
    : words
}
