/** What an attempt is about, as far as its form says it. */
import type { Attempt, Blueprint, Purpose } from '../../../exam'

/** More names than these say no more than "mixed". */
const MOST_NAMED = 2

/** The placement test has a name of its own, and is about everything. */
const PURPOSES: Readonly<Record<Purpose, string | null>> = {
  placement: null,
  missed: 'Questions you missed',
  flagged: 'Questions you flagged',
  reviews: 'Reviews',
  unseen: 'Questions you had not seen',
  bookmarked: 'Bookmarked questions',
  noted: 'Questions with a note',
  own: 'Your own questions',
}

interface AboutWhat extends Pick<Attempt, 'mode'> {
  readonly form: {
    readonly purpose?: Purpose | undefined
    readonly items: readonly { readonly domain: string; readonly objectives: readonly string[] }[]
  }
}

/**
 * Why the items were chosen, the objectives that all of them share, or the domains that they come from. Null for a mix
 * of the exam.
 */
export function aboutOf(
  { form, mode }: AboutWhat,
  { domains, objectives: known }: Pick<Blueprint, 'domains' | 'objectives'>,
): string | null {
  if (mode === 'real') return null
  if (form.purpose) return PURPOSES[form.purpose]
  const [first] = form.items
  const shared = (first?.objectives ?? []).filter((one) =>
    form.items.every(({ objectives }) => objectives.includes(one)),
  )
  if (shared.length > 0) return shared.map((id) => inWords(id, known)).join('; ')
  const ids = new Set(form.items.map(({ domain }) => domain))
  const titles = domains.flatMap(({ id, title }) => (ids.has(id) ? title : []))
  // A practice of many domains is one of the whole exam. A drill of them is about what was weak.
  if (mode === 'practice' && titles.length > MOST_NAMED) return null
  return domainsInWords(titles)
}

function domainsInWords(titles: readonly string[]): string {
  const rest = titles.length - MOST_NAMED
  const named = titles.slice(0, MOST_NAMED).join(', ')
  return rest > 0 ? `${named} and ${rest} more` : named
}

/** A code never stands alone. */
function inWords(id: string, known: Blueprint['objectives']): string {
  const title = known.find((one) => one.id === id)?.title
  return title ? `${title} (${id})` : id
}
