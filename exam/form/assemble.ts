/** Assembles forms by the blueprint: domain counts, difficulty, enemies, exposure, delivery. */
import type { Bank } from '../bank'
import type { Blueprint } from '../blueprint'
import type { Difficulty, Item } from '../format'
import { apportion } from './apportion'
import type { Form, FormItem } from './form'
import { Random } from './random'

export interface AssembleOptions {
  readonly blueprint: Blueprint
  readonly seed: number
  /** Number of items; the blueprint's unless told. */
  readonly length?: number
  /** Only items of these domains, for drills; all of them by weight unless told. */
  readonly domains?: readonly string[]
  /** Only items that serve one of these: as many of the length as there are, without regard to the weights. */
  readonly objectives?: readonly string[]
  /** How often this person has seen an item, by its id: those seen least come first. */
  readonly seen?: ReadonlyMap<string, number>
}

/** A bank that cannot give what is asked for. */
export class AssemblyError extends Error {
  override readonly name = 'AssemblyError'
}

/** Easy, medium, hard: shares of a form. */
const SPREAD: Readonly<Record<Difficulty, number>> = { easy: 30, medium: 50, hard: 20 }
const DIFFICULTIES: readonly Difficulty[] = ['easy', 'medium', 'hard']

/**
 * The same bank, options and seed give the same form.
 * @throws AssemblyError when a domain has too few items
 */
export function assembleForm(bank: Bank, options: AssembleOptions): Form {
  const { blueprint, seed, length = blueprint.exam.items } = options
  const random = new Random(seed)
  const candidates = drawn(bank, random)
  const chosen = options.objectives
    ? byObjectives(candidates, options.objectives, { ...options, length })
    : byWeights(candidates, { ...options, length })
  const items = deliver(random.shuffled(chosen), blueprint, random)
  const minutes = Math.round((blueprint.exam.minutes * items.length) / blueprint.exam.items)
  return { seed, minutes, items }
}

type Wanted = AssembleOptions & { readonly length: number }

function byWeights(candidates: readonly Item[], { blueprint, length, seen, ...wanted }: Wanted): Item[] {
  const domains = blueprint.domains.filter(({ id }) => wanted.domains?.includes(id) ?? true)
  const counts = apportion(
    domains.map(({ weight }) => weight),
    length,
  )
  if (domains.length === 0) throw new AssemblyError('The blueprint has none of these domains.')
  const chosen: Item[] = []
  domains.forEach(({ id, title }, index) => {
    const count = counts[index] ?? 0
    const own = candidates.filter(({ domain }) => domain === id)
    const picked = pick(own, { count, chosen, seen: seen ?? new Map() })
    if (picked.length < count)
      throw new AssemblyError(
        `${title} has ${picked.length} items that can stand together, and ${count} are wanted.`,
      )
    chosen.push(...picked)
  })
  return chosen
}

/** There are only some items of each objective, so a drill may be shorter than was wanted. */
function byObjectives(
  candidates: readonly Item[],
  objectives: readonly string[],
  { length, domains, seen }: Wanted,
): Item[] {
  const own = candidates.filter(
    (item) =>
      (domains?.includes(item.domain) ?? true) && item.objectives.some((one) => objectives.includes(one)),
  )
  const chosen = pick(own, { count: length, chosen: [], seen: seen ?? new Map() })
  if (chosen.length === 0) throw new AssemblyError(`No item serves ${objectives.join(', ')}.`)
  return chosen
}

/** Each template gives one of its items to a form. */
function drawn(bank: Bank, random: Random): Item[] {
  const ofTemplates = bank.templates.flatMap(({ items }) => items[random.below(items.length)] ?? [])
  return random.shuffled([...bank.items, ...ofTemplates])
}

interface Pick {
  readonly count: number
  readonly chosen: readonly Item[]
  readonly seen: ReadonlyMap<string, number>
}

/** Fills the spread of difficulties first, each time with an item of the objective that has the fewest so far. */
function pick(candidates: readonly Item[], { count, chosen, seen }: Pick): Item[] {
  const wanted = apportion(
    DIFFICULTIES.map((difficulty) => SPREAD[difficulty]),
    count,
  )
  const picked: Item[] = []
  const take = (from: readonly Item[]): boolean => {
    const free = from.filter((item) => !picked.includes(item) && canStand(item, [...chosen, ...picked]))
    const best = leastBy(free, (item) => (seen.get(item.id) ?? 0) * 1000 + served(item, picked))
    if (!best) return false
    picked.push(best)
    return true
  }
  DIFFICULTIES.forEach((difficulty, index) => {
    const own = candidates.filter((item) => item.difficulty === difficulty)
    for (let left = wanted[index] ?? 0; left > 0; left--) if (!take(own)) break
  })
  while (picked.length < count && take(candidates));
  return picked
}

/** How many of those picked serve an objective of the item. */
function served({ objectives }: Item, picked: readonly Item[]): number {
  return picked.filter((one) => one.objectives.some((objective) => objectives.includes(objective))).length
}

function canStand(item: Item, others: readonly Item[]): boolean {
  return others.every((other) => !areEnemies(item, other))
}

function areEnemies(a: Item, b: Item): boolean {
  return a.enemies.some((enemy) => isCalled(b, enemy)) || b.enemies.some((enemy) => isCalled(a, enemy))
}

function isCalled({ id, template }: Item, name: string): boolean {
  return id === name || template?.id === name
}

/** The first of the least, so that the shuffled order decides between equals. */
function leastBy<T>(items: readonly T[], cost: (item: T) => number): T | undefined {
  let best: { item: T; cost: number } | undefined
  for (const item of items) {
    const own = cost(item)
    if (!best || own < best.cost) best = { item, cost: own }
  }
  return best?.item
}

function deliver(items: readonly Item[], { exam }: Blueprint, random: Random): FormItem[] {
  const [classic = 0] = apportion([exam.delivery.classic, exam.delivery.domc], items.length)
  const places = new Set(random.shuffled(items.map((_item, index) => index)).slice(0, classic))
  return items.map((item, index) => formItem(item, places.has(index) ? 'classic' : 'domc', random))
}

function formItem(item: Item, delivery: FormItem['delivery'], random: Random): FormItem {
  const { id, domain, objectives, difficulty, kind, options } = item
  return {
    ...{ id, domain, difficulty, kind, delivery },
    objectives: [...objectives],
    order: random.shuffled(options.map((option) => option.id)),
    key: options.filter(({ right }) => right).map((option) => option.id),
    extra: random.below(2) === 1,
  }
}
