/** The headers of a request on its way into a node, and of its answer on the way back. */
import type { DoorName } from './admission'

/** Headers of one connection, which a proxy does not pass on (RFC 9110, 7.6.1). */
const OF_CONNECTION = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  // The door itself has told the browser to go on.
  'expect',
])

export interface Names {
  readonly door: DoorName
  /** The host that the server in the node is asked for: `localhost`, with its port. */
  readonly node: string
}

/** @returns names and values in turn, as Node takes them. The door's secret name is not among them. */
export function intoNode(rawHeaders: readonly string[], { door, node }: Names): string[] {
  const own = `http://${node}`
  const isChunked = pairs(rawHeaders).some(([name]) => name.toLowerCase() === 'transfer-encoding')
  const passed = passedOn(rawHeaders).map(([name, value]): [string, string] => {
    const kind = name.toLowerCase()
    if (kind === 'host') return [name, node]
    if (kind === 'origin' && value === door.origin) return [name, own]
    if (kind === 'referer' && value.startsWith(`${door.origin}/`))
      return [name, own + value.slice(door.origin.length)]
    return [name, value]
  })
  return [...passed.flat(), ...(isChunked ? ['Transfer-Encoding', 'chunked'] : [])]
}

/** @returns names and values in turn */
export function toBrowser(rawHeaders: readonly string[], { node }: Names): string[] {
  const passed = passedOn(rawHeaders).map(([name, value]): [string, string] => {
    const kind = name.toLowerCase()
    if (kind === 'location') return [name, fromDoor(value, node)]
    if (kind === 'set-cookie') return [name, cookieOfDoor(value)]
    return [name, value]
  })
  const hasPolicy = passed.some(([name]) => name.toLowerCase() === 'referrer-policy')
  // The name of the door is a secret that a link to another site would tell.
  return [...passed.flat(), ...(hasPolicy ? [] : ['Referrer-Policy', 'same-origin'])]
}

/** A server redirects to the host that it was asked for. */
function fromDoor(location: string, node: string): string {
  const own = `http://${node}`
  if (location === own) return '/'
  return location.startsWith(`${own}/`) ? location.slice(own.length) : location
}

/**
 * The door is framed by a page of another site, where a browser keeps only cookies that say that they are meant for it.
 * They stay in the door: it lets in no other site, and a cookie without a domain is one of its host name.
 */
function cookieOfDoor(cookie: string): string {
  const [own = '', ...attributes] = cookie.split(';')
  const kept = attributes.filter((text) => !/^\s*(domain|samesite|secure|partitioned)\s*(=|$)/i.test(text))
  return [own, ...kept, ' SameSite=None', ' Secure', ' Partitioned'].join(';')
}

function passedOn(rawHeaders: readonly string[]): [string, string][] {
  const all = pairs(rawHeaders)
  const named = all
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(','))
    .map((name) => name.trim())
  const dropped = new Set([...OF_CONNECTION, ...named.filter((name) => name !== 'host')])
  return all.filter(([name]) => !dropped.has(name.toLowerCase()))
}

function pairs(rawHeaders: readonly string[]): [string, string][] {
  return rawHeaders.flatMap((name, at): [string, string][] =>
    at % 2 === 0 ? [[name, rawHeaders[at + 1] ?? '']] : [],
  )
}
