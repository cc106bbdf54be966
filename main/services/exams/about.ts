/** What an attempt is about, as far as its items say it. */
import type { Attempt, Blueprint } from '../../../exam'

/** More names than these say no more than "mixed". */
const MOST_NAMED = 2

interface AboutWhat extends Pick<Attempt, 'mode'> {
  readonly form: {
    readonly items: readonly { readonly domain: string; readonly objectives: readonly string[] }[]
  }
}

/** The objectives that all items share, or the few domains that they come from. Null for a mix of the exam. */
export function aboutOf(
  { form, mode }: AboutWhat,
  { domains, objectives: known }: Pick<Blueprint, 'domains' | 'objectives'>,
): string | null {
  if (mode === 'real') return null
  const [first] = form.items
  const shared = (first?.objectives ?? []).filter((one) =>
    form.items.every(({ objectives }) => objectives.includes(one)),
  )
  if (shared.length > 0) return shared.map((id) => inWords(id, known)).join('; ')
  const ids = new Set(form.items.map(({ domain }) => domain))
  if (ids.size > MOST_NAMED) return null
  return domains.flatMap(({ id, title }) => (ids.has(id) ? title : [])).join(', ')
}

/** A code never stands alone. */
function inWords(id: string, known: Blueprint['objectives']): string {
  const title = known.find((one) => one.id === id)?.title
  return title ? `${title} (${id})` : id
}
