/** What nobody may see while an exam runs, whichever page asks. */
import { type Attempt, type Bank, everyItem, type ItemHead } from '../../../exam'

/**
 * Ids of the items that must not be seen while these attempts run: their own items, other items of the same templates,
 * and the items that would give one of them away, which the bank calls enemies.
 */
export function hiddenItems(running: readonly Pick<Attempt, 'form'>[], bank: Bank): ReadonlySet<string> {
  const hidden = new Set(running.flatMap(({ form }) => form.items.map(({ id }) => id)))
  if (hidden.size === 0) return hidden
  const all = everyItem<ItemHead>(bank)
  const own = all.filter(({ id }) => hidden.has(id))
  const names = new Set(own.flatMap(namesOf))
  const enemies = new Set(own.flatMap((item) => item.enemies))
  for (const item of all) {
    const isNamed = namesOf(item).some((name) => names.has(name) || enemies.has(name))
    if (isNamed || item.enemies.some((enemy) => names.has(enemy))) hidden.add(item.id)
  }
  return hidden
}

/** The names by which other items may call it their enemy. */
function namesOf({ id, template }: ItemHead): string[] {
  return template ? [id, template.id] : [id]
}

/** A real exam that runs. Its clock goes on, so one that was left alone is over at the next look. */
export function isSitting({ mode, endedBy }: Pick<Attempt, 'mode' | 'endedBy'>): boolean {
  return mode === 'real' && !endedBy
}
