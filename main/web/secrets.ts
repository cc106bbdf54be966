/**
 * What proves that somebody may talk to the host. All of it follows from the token.
 *
 * A program shows the token. A page has traded the token for a cookie and a key, and shows both: a browser sends the
 * cookie to every port of this machine, also to the web server of a container, so the cookie alone proves nothing. The
 * key stays in the storage of the page's own origin. See decision 28.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** @returns 32 random characters */
export function newToken(): string {
  return randomBytes(24).toString('base64url')
}

/** Cookies know no ports, so the name of the cookie has the port in it. */
export function cookieName(port: number): string {
  return `capstan-${port}`
}

export function cookieValue(token: string): string {
  return derived(token, 'cookie')
}

export function pageKey(token: string): string {
  return derived(token, 'page')
}

function derived(token: string, purpose: string): string {
  return createHmac('sha256', token).update(purpose).digest('base64url')
}

/** Takes the same time wherever the two differ. */
export function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Whether the header `Cookie` holds the cookie of the host at this port. */
export function hasCookie(header: string | undefined, port: number, token: string): boolean {
  const start = `${cookieName(port)}=`
  const held = (header ?? '').split(';').map((part) => part.trim())
  return held.some((part) => part.startsWith(start) && isSame(part.slice(start.length), cookieValue(token)))
}
