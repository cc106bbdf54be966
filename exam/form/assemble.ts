/** Assembles forms by the blueprint: domain counts, difficulty, enemies, exposure, delivery. */
import { CapstanError } from '../../shared/errors'
import { type Bank, wholeItems } from '../bank'
import type { Blueprint } from '../blueprint'
import { type Item, type ItemHead, isOfExam } from '../format'
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
  /** Also the types of items that the real exam does not have. The default is none of them. */
  readonly everyType?: boolean
  /** How often this person has seen an item, by its id: those seen least come first. */
  readonly seen?: ReadonlyMap<string, number>
}

/**
 * The same bank, options and seed give the same form.
 * @throws CapstanError `bad-input` when a domain has too few items
 */
export function assembleForm(bank: Bank, options: AssembleOptions): Form {
  const { blueprint, seed, length = blueprint.exam.items, everyType = false } = options
  const random = new Random(seed)
  const candidates = drawn(bank, random).filter((item) => everyType || isOfExam(item))
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

/**
 * Decides how each item is delivered, by the exam's shares, and in which order its options are shown. Only a choice can
 * be asked option by option.
 */
export function deliver(items: readonly Item[], { exam }: Blueprint, random: Random): FormItem[] {
  const choices = items.flatMap((item, index) => (isOfExam(item) ? index : []))
  const [classic = 0] = apportion([exam.delivery.classic, exam.delivery.domc], choices.length)
  const alone = new Set(random.shuffled(choices).slice(classic))
  return items.map((item, index) => formItem(item, alone.has(index) ? 'domc' : 'classic', random))
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
    order: shownOrder(item, random.shuffled(options.map((option) => option.id))),
    key: keyOf(item),
    extra: random.below(2) === 1,
    text: itemText(item),
  }
}

/** Entries that are shown in their right order would answer themselves. */
function shownOrder({ kind, options }: Item, shuffled: readonly number[]): number[] {
  const isSolved = options.every(({ id }, index) => shuffled[index] === id)
  if (kind !== 'ordering' || !isSolved) return [...shuffled]
  return [...shuffled.slice(1), ...shuffled.slice(0, 1)]
}

function keyOf({ kind, options, prompts }: Item): number[] {
  if (kind === 'matching') return prompts.map(({ option }) => option)
  return options.filter(({ right }) => right).map(({ id }) => id)
}

/** The texts that an attempt shows of an item. */
export function itemText(item: Item): ItemText {
  const { stem, exhibits, options, prompts, command, explanation, source, versions } = item
  return {
    stem,
    exhibits: [...exhibits],
    options: options.map(({ id, text, why }) => ({ id, text, why })),
    prompts: prompts.map(({ text, why }) => ({ text, why })),
    command,
    explanation,
    source,
    versions,
  }
}
