/**
 * Decides which requests pass a door. The decisions are pure, so that each refusal is tested.
 *
 * The name of a door is random, so a page of another name cannot use DNS rebinding to ask for it, and neither can
 * another user of this machine who finds the port. The entrance is the only address that another site may lead to.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export interface DoorName {
  /** Host and port, such as `4f….localhost:40123`. */
  readonly host: string
  readonly origin: string
  /** The path that Capstan's page begins at. */
  readonly entrance: string
}

export type Asked = Pick<IncomingMessage, 'method' | 'url' | 'headers' | 'rawHeaders'>

export type Verdict =
  | { readonly kind: 'forward' }
  | { readonly kind: 'entrance' }
  | { readonly kind: 'refuse'; readonly status: number; readonly message: string }

/** Bytes of the secrets in a door's address. */
const SECRET_BYTES = 16
/** The page of the door itself, or an address that the user has typed. */
const OWN_SITES = new Set(['same-origin', 'none'])

/** Makes the secret part of a door's name. A name of 32 hexadecimal digits is a valid label of DNS. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('hex')
}

/** @param secret part of the host name: each door is an origin, and a site, of its own */
export function doorName(secret: string, entrance: string, port: number): DoorName {
  const host = `${secret}.localhost:${port}`
  return { host, origin: `http://${host}`, entrance: `/.capstan-entrance/${entrance}` }
}

/** Looks at one request. A connection carries many, and each is looked at. */
export function judge(asked: Asked, name: DoorName): Verdict {
  const { method = '', url = '', headers } = asked
  const [host = '', ...others] = valuesOf('host', asked)
  if (others.length > 0) return refuse(400, 'A request has one host.')
  if (!isSame(host.toLowerCase(), name.host)) return refuse(421, 'This name is not ours.')
  if (!url.startsWith('/')) return refuse(400, 'The address of a request begins with a slash.')
  if (method === 'GET' && isSame(url.split('?')[0] ?? '', name.entrance)) return { kind: 'entrance' }
  const { origin, 'sec-fetch-site': site } = headers
  if (typeof site === 'string' && !OWN_SITES.has(site)) return refuse(403, 'Other sites do not get in.')
  // A page without a referrer posts its forms without an origin, even to itself.
  const isHidden = origin === 'null' && site === 'same-origin'
  if (origin !== undefined && origin !== name.origin && !isHidden)
    return refuse(403, 'Other origins do not get in.')
  return { kind: 'forward' }
}

/**
 * The page that the entrance leads to: `/`, or the path that its address asks for. The path stays on this server, and is
 * written so that nothing in it can end the attribute of the page that leads there.
 */
export function firstPage(url: string): string {
  const asked = new URL(url, 'http://door').searchParams.get('to') ?? '/'
  const { origin, pathname, search, hash } = new URL(asked.replace(/^[/\\]*/, '/'), 'http://door')
  if (origin !== 'http://door') return '/'
  return `${pathname}${search}${hash}`.replace(/["'<>&;\s]/g, (char) =>
    char === '&' ? '&amp;' : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  )
}

/** All values of a header: the parsed headers keep the first one of some only. */
function valuesOf(name: string, { rawHeaders }: Pick<Asked, 'rawHeaders'>): string[] {
  return rawHeaders.filter((_value, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name)
}

function refuse(status: number, message: string): Verdict {
  return { kind: 'refuse', status, message }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
