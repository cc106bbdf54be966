/** Decides how a request is answered. The decision is pure, so that each answer is tested. */
import type { IncomingHttpHeaders } from 'node:http'
import { type Guarded, isOurHost } from './guard'
import { refusedPage, steppingStone } from './refused-page'
import { cookieName, cookieValue, hasCookie, isSame, pageKey } from './secrets'

export interface Asked {
  readonly method?: string | undefined
  /** The path and the query, as they were sent: any text without a space. */
  readonly url?: string | undefined
  readonly headers: IncomingHttpHeaders
}

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A file of the page, by its path in the address. */
export interface FileAnswer {
  readonly file: string
  readonly headers: Readonly<Record<string, string>>
}

const NOT_KEPT = { 'Cache-Control': 'no-store' }
const HTML = { ...NOT_KEPT, 'Content-Type': 'text/html; charset=utf-8' }
const COOKIE_SECONDS = 30 * 24 * 60 * 60

/**
 * A page of a lab may once have had this port and left a service worker, which would answer in our place. When the
 * browser asks whether there is a newer one, it gets this one, which removes itself and loads its pages again.
 */
const LAST_WORKER = `addEventListener('install', () => skipWaiting())
addEventListener('activate', (event) => event.waitUntil(leave()))
async function leave() {
  await registration.unregister()
  for (const page of await clients.matchAll({ type: 'window' })) await page.navigate(page.url)
}
`

/** What is not the page itself is public: it is the same in every copy of Capstan. */
export function answerTo({ method, url = '/', headers }: Asked, guarded: Guarded): Answer | FileAnswer {
  if (!isOurHost(headers.host, guarded.port)) return plain(421, 'Wrong host')
  if (method !== 'GET' && method !== 'HEAD') return plain(405, '', { Allow: 'GET, HEAD' })
  if (headers['service-worker'] === 'script') {
    return { status: 200, headers: { ...NOT_KEPT, 'Content-Type': 'text/javascript' }, body: LAST_WORKER }
  }
  // Not parsed as a URL: "//" is a path that a client may send, and no URL.
  const [path = '', query = ''] = url.replace(/#.*$/s, '').split(/\?(.*)/s)
  if (path !== '/' && path !== '/index.html') return { file: path, headers: {} }
  return entry(new URLSearchParams(query), headers, guarded)
}

function entry(query: URLSearchParams, headers: IncomingHttpHeaders, guarded: Guarded): Answer | FileAnswer {
  const { port, token } = guarded
  const offered = query.get('token')
  if (offered !== null && isSame(offered, token)) return trade(query, guarded)
  const key = query.get('key')
  const isKnown = hasCookie(headers.cookie, port, token) && (key === null || isSame(key, pageKey(token)))
  if (isKnown) return { file: '/index.html', headers: { ...NOT_KEPT, 'Set-Cookie': setCookie(guarded) } }
  // A browser keeps a strict cookie back when a link of another site leads here, and not on the way on.
  const isFromElsewhere =
    headers['sec-fetch-site'] === 'cross-site' && headers['sec-fetch-mode'] === 'navigate'
  if (isFromElsewhere) return { status: 200, headers: HTML, body: steppingStone(here(query)) }
  return { status: 401, headers: HTML, body: refusedPage() }
}

/** Gives a cookie and a key for the token. The redirection takes the token out of the address bar. */
function trade(query: URLSearchParams, guarded: Guarded): Answer {
  query.delete('token')
  query.set('key', pageKey(guarded.token))
  return {
    status: 303,
    headers: {
      ...NOT_KEPT,
      Location: here(query),
      'Set-Cookie': setCookie(guarded),
      // What a page of a lab may have left behind when it had this port.
      'Clear-Site-Data': '"cache", "storage"',
    },
    body: '',
  }
}

function here(query: URLSearchParams): string {
  return query.size > 0 ? `/?${query}` : '/'
}

function setCookie({ port, token }: Guarded): string {
  const limits = `Path=/; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Strict`
  return `${cookieName(port)}=${cookieValue(token)}; ${limits}`
}

export function plain(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...NOT_KEPT, ...headers }, body }
}
