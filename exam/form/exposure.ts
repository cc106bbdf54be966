/** How much of the bank one form shows, and how much of it two forms share. */
import { type Bank, nameInFile, representatives } from '../bank'
import type { Blueprint } from '../blueprint'
import { isOfExam } from '../format'
import { assembleForm } from './assemble'

export interface Exposure {
  /** The number of forms that were assembled to count. */
  readonly forms: number
  /** Items that two forms share, in the mean. */
  readonly overlap: number
  /** The probability that an item is in a form: of the item that has the highest, and the median of all. */
  readonly highest: number
  /** The item that has the highest, by its name in the file. */
  readonly mostShown: string
  readonly median: number
}

const FORMS = 200

/**
 * Assembles forms for candidates who have seen nothing, with the seeds 1 to 200, and counts. Items of one template are
 * one item here, because they ask for the same.
 */
export function exposureOf(bank: Bank, blueprint: Blueprint, forms = FORMS): Exposure {
  const names = new Map(
    representatives(bank)
      .filter(isOfExam)
      .map((head) => [nameInFile(head), 0]),
  )
  const templates = new Map(
    bank.templates.flatMap(({ id, items }) => items.map((item): [string, string] => [item.id, id])),
  )
  for (let seed = 1; seed <= forms; seed++)
    for (const { id } of assembleForm(bank, { blueprint, seed }).items) {
      const name = templates.get(id) ?? id
      names.set(name, (names.get(name) ?? 0) + 1)
    }
  const sorted = [...names].sort(([, a], [, b]) => a - b)
  const counts = sorted.map(([, count]) => count)
  // Every item that is in so many forms is shared by each two of them.
  const shared = counts.reduce((sum, count) => sum + (count * (count - 1)) / 2, 0)
  return {
    forms,
    overlap: shared / ((forms * (forms - 1)) / 2),
    highest: (counts.at(-1) ?? 0) / forms,
    mostShown: sorted.at(-1)?.[0] ?? '',
    median: (counts[Math.floor(counts.length / 2)] ?? 0) / forms,
  }
}
