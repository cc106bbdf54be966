/** Forms for attempts: by the blueprint, of objectives, or of exactly the items that are named. */
import { randomInt } from 'node:crypto'
import { CapstanError } from '../../../engine'
import { assembleForm, drillForm, type Form, formOf, type Item } from '../../../exam'
import type { LoadedBank } from '../bank/bank'

/** Of a form that is not the real exam's: as many items as that unless told. */
export interface FormWish {
  readonly length?: number | undefined
  readonly domains?: readonly string[] | undefined
  readonly objectives?: readonly string[] | undefined
}

export interface FormSource extends LoadedBank {
  /** How often this person has seen an item, by its id. */
  readonly seen: ReadonlyMap<string, number>
}

/** @throws CapstanError `bad-input` when the bank has too little of what is wished for */
export function formFor({ length, domains, objectives }: FormWish, source: FormSource): Form {
  const { bank, blueprint, seen } = source
  const common = { blueprint, seen, seed: randomInt(2 ** 31) }
  if (objectives) return drillForm(bank, { ...common, objectives, length: length ?? blueprint.exam.items })
  return assembleForm(bank, {
    ...common,
    ...(length !== undefined && { length }),
    ...(domains && { domains }),
  })
}

/** A form of these items, in this order. @throws CapstanError `bad-input` when there are none */
export function formOfItems(items: readonly Item[], { blueprint }: Pick<LoadedBank, 'blueprint'>): Form {
  if (items.length > 0) return formOf(items, { blueprint, seed: randomInt(2 ** 31) })
  throw new CapstanError('bad-input', 'There is nothing to look at again now.', {
    help: 'Practise something new, and come back later.',
  })
}
