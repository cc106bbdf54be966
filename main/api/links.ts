/** Links to a place in the app, as people give them to each other. A link opens a page; it starts nothing. */
import { ItemId } from './marks'
import { Id } from './shapes'

/** The most characters of a link. A packed compose file is the longest part of one. */
const LONGEST = 200_000
const OBJECTIVE = /^[A-Z]{3}-\d\d$/

/**
 * The route of a link to a playground, a lab, an objective or a question: `capstan://playground?managers=3`, the address of a page
 * of any host, with or without its token, or a route alone. Only the route is taken from it.
 * @returns null for anything else
 */
export function routeOfLink(link: string): string | null {
  const text = link.trim()
  if (text.length > LONGEST) return null
  const [path = '', query] = placeIn(text).split(/\?(.*)/s)
  const [kind, name, ...rest] = path.split('/').filter(Boolean)
  if (rest.length > 0) return null
  if (kind === 'playground' && name === undefined) return query ? `/playground?${query}` : '/playground'
  if (kind === 'labs' && Id.safeParse(name).success) return `/labs/${name}`
  if (kind === 'objectives' && name !== undefined && OBJECTIVE.test(name)) return `/objectives/${name}`
  if (kind === 'questions' && ItemId.safeParse(name).success) return `/questions/${name}`
  return null
}

/** The part of a link that says where it leads. */
function placeIn(text: string): string {
  const [, afterHash] = text.split(/#(.*)/s)
  if (afterHash !== undefined) return afterHash
  return text.replace(/^capstan:\/*/i, '')
}
