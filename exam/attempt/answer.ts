/** Answers to classic items, as their kinds have them. */
import type { FormItem } from '../form'

/** Stands for a prompt of a matching that has no option yet. */
export const NO_OPTION = 0

/**
 * The answer that an item takes of what was chosen; empty when nothing is left of it. An ordering takes all of its
 * entries, and a matching an option for each prompt, of which several may have the same one.
 */
export function answerOf({ kind, order, key }: FormItem, options: readonly number[]): number[] {
  if (kind === 'matching') return ofPrompts(key.length, options, order)
  const taken = options.filter((option) => order.includes(option))
  if (kind !== 'ordering') return taken
  const once = [...new Set(taken)]
  return once.length === order.length ? once : []
}

function ofPrompts(count: number, options: readonly number[], known: readonly number[]): number[] {
  const given = Array.from({ length: count }, (_one, index) => options[index] ?? NO_OPTION)
  const own = given.map((option) => (known.includes(option) ? option : NO_OPTION))
  return own.some((option) => option !== NO_OPTION) ? own : []
}

/** How many options an answer to the item may name. */
export function mostChosen({ kind, order, key }: FormItem): number {
  return kind === 'matching' ? key.length : order.length
}

/** Whether the order of the chosen options is a part of the answer. */
export function isInOrder({ kind }: Pick<FormItem, 'kind'>): boolean {
  return kind === 'ordering' || kind === 'matching'
}
