/** A bank with the items of the exam alone, for tests that answer every item in one way. */
import { isOfExam } from '../../exam'
import type { LoadedBank } from '../../main/services'

export function choicesOf({ bank, ...loaded }: LoadedBank): LoadedBank {
  return { ...loaded, bank: { ...bank, items: bank.items.filter(isOfExam) } }
}
