/** What an attempt is about, as far as its items say it. */
import type { Attempt, Blueprint } from '../../../exam'

/** More names than these say no more than "mixed". */
const MOST_NAMED = 2

/** The objectives that all items share, or the few domains that they come from. Null for a mix of the exam. */
export function aboutOf(
  { form, mode }: Pick<Attempt, 'form' | 'mode'>,
  { domains }: Blueprint,
): string | null {
  if (mode === 'real') return null
  const [first] = form.items
  const shared = (first?.objectives ?? []).filter((one) =>
    form.items.every(({ objectives }) => objectives.includes(one)),
  )
  if (shared.length > 0) return shared.join(', ')
  const ids = new Set(form.items.map(({ domain }) => domain))
  if (ids.size > MOST_NAMED) return null
  return domains.flatMap(({ id, title }) => (ids.has(id) ? title : [])).join(', ')
}
