/** Picks items for a form: the spread of difficulties, enemies apart, each objective in turn, the least seen first. */
import type { Difficulty, ItemHead } from '../format'
import { apportion } from './apportion'

/** Easy, medium, hard: shares of a form, in per cent. */
export const DIFFICULTY_SPREAD: Readonly<Record<Difficulty, number>> = { easy: 30, medium: 50, hard: 20 }
const DIFFICULTIES: readonly Difficulty[] = ['easy', 'medium', 'hard']

/** The items that a form has already, and the items that they keep out. */
export class Company {
  /** Ids and templates of the items in the form. */
  readonly #names = new Set<string>()
  /** Enemies that the items in the form name. */
  readonly #unwanted = new Set<string>()

  admits({ id, template, enemies }: ItemHead): boolean {
    const isUnwanted = this.#unwanted.has(id) || (template !== null && this.#unwanted.has(template.id))
    return !isUnwanted && enemies.every((enemy) => !this.#names.has(enemy))
  }

  add({ id, template, enemies }: ItemHead): void {
    this.#names.add(id)
    if (template) this.#names.add(template.id)
    for (const enemy of enemies) this.#unwanted.add(enemy)
  }
}

interface Wish {
  readonly count: number
  /** Picked items are added to it. */
  readonly company: Company
  /** How often this person has seen an item, by its id. */
  readonly seen: ReadonlyMap<string, number>
}

interface Candidate {
  readonly item: ItemHead
  cost: number
  isFree: boolean
  /** The last pick whose objective it shares, so that sharing two of them counts once. */
  sharedWith: ItemHead | null
}

/** An item that was seen once comes after every new one, however many items its objective has in the form. */
const SEEN_COST = 1000

/** Fills the spread of difficulties first. Each time it takes an item whose objectives have the fewest items so far. */
export function pick(items: readonly ItemHead[], { count, company, seen }: Wish): ItemHead[] {
  const wanted = apportion(
    DIFFICULTIES.map((difficulty) => DIFFICULTY_SPREAD[difficulty]),
    count,
  )
  const candidates = items.map(
    (item): Candidate => ({
      item,
      cost: (seen.get(item.id) ?? 0) * SEEN_COST,
      isFree: true,
      sharedWith: null,
    }),
  )
  const serving = byObjective(candidates)
  const picked: ItemHead[] = []
  const take = (from: readonly Candidate[]): boolean => {
    const best = cheapest(from, company)
    if (!best) return false
    best.isFree = false
    company.add(best.item)
    picked.push(best.item)
    for (const objective of best.item.objectives)
      for (const other of serving.get(objective) ?? []) {
        if (other.sharedWith !== best.item) other.cost++
        other.sharedWith = best.item
      }
    return true
  }
  DIFFICULTIES.forEach((difficulty, index) => {
    const own = candidates.filter(({ item }) => item.difficulty === difficulty)
    for (let left = wanted[index] ?? 0; left > 0; left--) if (!take(own)) break
  })
  while (picked.length < count && take(candidates));
  return picked
}

/** The first of the cheapest candidates, so that the shuffled order decides between equals. */
function cheapest(candidates: readonly Candidate[], company: Company): Candidate | undefined {
  let best: Candidate | undefined
  for (const candidate of candidates) {
    if (!candidate.isFree || (best && candidate.cost >= best.cost)) continue
    if (company.admits(candidate.item)) best = candidate
  }
  return best
}

function byObjective(candidates: readonly Candidate[]): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates)
    for (const objective of candidate.item.objectives) {
      const group = groups.get(objective)
      if (group) group.push(candidate)
      else groups.set(objective, [candidate])
    }
  return groups
}
