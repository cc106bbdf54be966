/** Forms for attempts: by the blueprint, by objectives, or with exactly the items that are named. */
import { assembleForm, drillForm, type Form, formOf, type Item } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import type { LoadedBank } from '../bank'

/** A wish for a form. Everything that is left out is as in the real exam. */
export interface FormWish {
  readonly length?: number | undefined
  readonly domains?: readonly string[] | undefined
  readonly objectives?: readonly string[] | undefined
  /** Also the types of items that the real exam does not have. */
  readonly everyType?: boolean | undefined
}

export interface FormSource extends LoadedBank {
  /** How often this person has seen an item, by its id. */
  readonly seen: ReadonlyMap<string, number>
  /** The form depends on nothing else. */
  readonly seed: number
}

/** @throws CapstanError `bad-input` when the bank has too few items for the wish */
export function formFor(
  { length, domains, objectives, everyType = false }: FormWish,
  source: FormSource,
): Form {
  const { bank, blueprint, seen, seed } = source
  const common = { blueprint, seen, seed }
  if (objectives) return drillForm(bank, { ...common, objectives, length: length ?? blueprint.exam.items })
  return assembleForm(bank, {
    ...common,
    everyType,
    ...(length !== undefined && { length }),
    ...(domains && { domains }),
  })
}

/** The form of a mock exam. With a number it is the same for everybody, so what was seen does not count. */
export function mockForm(
  {
    half = false,
    formNumber,
  }: { readonly half?: boolean | undefined; readonly formNumber?: number | undefined },
  source: FormSource,
): Form {
  const { exam } = source.blueprint
  const own: FormSource = formNumber === undefined ? source : { ...source, seed: formNumber, seen: new Map() }
  const form = formFor(half ? { length: Math.floor(exam.items / 2) } : {}, own)
  return {
    ...form,
    ...(half && { minutes: Math.round(exam.minutes / 2) }),
    ...(formNumber !== undefined && { shared: true }),
  }
}

/** A form of these items, in this order. @throws CapstanError `bad-input` when there are none */
export function formOfItems(
  items: readonly Item[],
  { blueprint, seed }: Pick<FormSource, 'blueprint' | 'seed'>,
): Form {
  if (items.length > 0) return formOf(items, { blueprint, seed })
  throw new CapstanError('bad-input', 'There is nothing to look at again now.', {
    help: 'Practise something new, and come back later.',
  })
}
