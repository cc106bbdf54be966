/** Forms for learning: items of weak objectives, or exactly the items that are to be looked at again. */
import { CapstanError } from '../../shared/errors'
import { type Bank, wholeItems } from '../bank'
import type { Blueprint } from '../blueprint'
import type { Item } from '../format'
import { deliver, drawn } from './assemble'
import type { Form } from './form'
import { Company, pick } from './pick'
import { Random } from './random'

export interface DrillOptions {
  readonly blueprint: Blueprint
  readonly seed: number
  /** Only items that serve one of these. The default is all items. */
  readonly objectives?: readonly string[]
  /** The most items. The form is shorter when the bank has no more. */
  readonly length: number
  /** How often this person has seen an item, by its id: those seen least come first. */
  readonly seen?: ReadonlyMap<string, number>
}

/** A form of items that serve any of the objectives, or of any items. @throws CapstanError `bad-input` when there are none */
export function drillForm(
  bank: Bank,
  { blueprint, seed, objectives, length, seen = new Map() }: DrillOptions,
): Form {
  const random = new Random(seed)
  const candidates = drawn(bank, random).filter((item) =>
    item.objectives.some((objective) => objectives?.includes(objective) ?? true),
  )
  const items = pick(candidates, { count: length, company: new Company(), seen })
  if (items.length === 0)
    throw new CapstanError('bad-input', `No item serves ${objectives?.join(', ') || 'no objective'}.`, {
      help: 'Choose another objective.',
    })
  return formOf(wholeItems(bank, random.shuffled(items)), { blueprint, seed })
}

/** A form of exactly these items, in this order. */
export function formOf(
  items: readonly Item[],
  { blueprint, seed }: Pick<DrillOptions, 'blueprint' | 'seed'>,
): Form {
  const { exam } = blueprint
  const minutes = Math.round((exam.minutes * items.length) / exam.items)
  return { seed, minutes, items: deliver(items, blueprint, new Random(seed)) }
}
