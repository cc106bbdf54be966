/** Assembles forms by the blueprint: domain counts, difficulty, enemies, exposure, delivery. */
import { CapstanError } from '../../shared/errors'
import { type Bank, wholeItems } from '../bank'
import type { Blueprint } from '../blueprint'
import type { Item, ItemHead } from '../format'
import { apportion } from './apportion'
import type { Form, FormItem, ItemText } from './form'
import { Company, pick } from './pick'
import { Random } from './random'

export interface AssembleOptions {
  readonly blueprint: Blueprint
  readonly seed: number
  /** Number of items. The default is the blueprint's. */
  readonly length?: number
  /** Only items of these domains, for practice. The default is all domains by weight. */
  readonly domains?: readonly string[]
  /** How often this person has seen an item, by its id: those seen least come first. */
  readonly seen?: ReadonlyMap<string, number>
}

/**
 * The same bank, options and seed give the same form.
 * @throws CapstanError `bad-input` when a domain has too few items
 */
export function assembleForm(bank: Bank, options: AssembleOptions): Form {
  const { blueprint, seed, length = blueprint.exam.items } = options
  const random = new Random(seed)
  const candidates = drawn(bank, random)
  const domains = blueprint.domains.filter(({ id }) => options.domains?.includes(id) ?? true)
  if (domains.length === 0) throw tooFew('The blueprint has none of these domains.')
  const counts = apportion(
    domains.map(({ weight }) => weight),
    length,
  )
  const company = new Company()
  const chosen = domains.flatMap(({ id, title }, index) => {
    const count = counts[index] ?? 0
    const own = candidates.filter(({ domain }) => domain === id)
    const picked = pick(own, { count, company, seen: options.seen ?? new Map() })
    if (picked.length < count)
      throw tooFew(`${title} has ${picked.length} items that may be in one form, and ${count} are needed.`)
    return picked
  })
  const items = deliver(wholeItems(bank, random.shuffled(chosen)), blueprint, random)
  const minutes = Math.round((blueprint.exam.minutes * length) / blueprint.exam.items)
  return { seed, minutes, items }
}

function tooFew(message: string): CapstanError {
  return new CapstanError('bad-input', message, { help: 'Ask for fewer items, or for more domains.' })
}

/** All candidates for one form, shuffled. Each template gives one of its items. */
export function drawn(bank: Bank, random: Random): ItemHead[] {
  const ofTemplates = bank.templates.flatMap(({ items }) => items[random.below(items.length)] ?? [])
  return random.shuffled([...bank.items, ...ofTemplates])
}

/** Decides how each item is delivered, by the exam's shares, and in which order its options are shown. */
export function deliver(items: readonly Item[], { exam }: Blueprint, random: Random): FormItem[] {
  const [classic = 0] = apportion([exam.delivery.classic, exam.delivery.domc], items.length)
  const places = new Set(random.shuffled(items.map((_item, index) => index)).slice(0, classic))
  return items.map((item, index) => formItem(item, places.has(index) ? 'classic' : 'domc', random))
}

function formItem(item: Item, delivery: FormItem['delivery'], random: Random): FormItem {
  const { id, domain, objectives, difficulty, kind, options } = item
  return {
    id,
    domain,
    difficulty,
    kind,
    delivery,
    objectives: [...objectives],
    order: random.shuffled(options.map((option) => option.id)),
    key: options.filter(({ right }) => right).map((option) => option.id),
    extra: random.below(2) === 1,
    text: itemText(item),
  }
}

/** The texts that an attempt shows of an item. */
export function itemText({ stem, exhibits, options, explanation, source, versions }: Item): ItemText {
  return {
    stem,
    exhibits: [...exhibits],
    options: options.map(({ id, text, why }) => ({ id, text, why })),
    explanation,
    source,
    versions,
  }
}
