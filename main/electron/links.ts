/** Links that the system hands to the desktop app, such as `capstan://playground?managers=3`. */
import { routeOfLink } from '../api'
import { APP_ORIGIN } from './policy'

export const LINK_SCHEME = 'capstan'

/** The address of the page that a link leads to; null when it leads nowhere. A link opens a page and starts nothing. */
export function addressOfLink(link: string): string | null {
  const route = link.toLowerCase().startsWith(`${LINK_SCHEME}:`) ? routeOfLink(link) : null
  return route === null ? null : `${APP_ORIGIN}/index.html#${route}`
}

/** The link in a command line, where the system puts it on Linux and Windows. */
export function linkIn(args: readonly string[]): string | null {
  return args.find((arg) => arg.toLowerCase().startsWith(`${LINK_SCHEME}:`)) ?? null
}
