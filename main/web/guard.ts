/** Decides who may talk to the web host. The decisions are pure, so that each refusal is tested. */
import { hasCookie, isSame, pageKey } from './secrets'

/** A WebSocket carries its token or its key as a subprotocol, because a page cannot set any other header. */
const PROTOCOL_PREFIX = 'capstan.'

export interface Asked {
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly protocols: string | undefined
  readonly cookies?: string | undefined
}

export interface Guarded {
  readonly port: number
  readonly token: string
}

/** A foreign name may resolve to this machine (DNS rebinding), so only our own names count. */
export function isOurHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

/**
 * A browser always sends an Origin, so a request without one is refused. The token lets a program in. A page is let in
 * by its cookie together with its key.
 * @returns why an upgrade is refused, or null
 */
export function refusal(
  { host, origin, protocols, cookies }: Asked,
  { port, token }: Guarded,
): string | null {
  if (!isOurHost(host, port)) return 'wrong host'
  if (origin !== `http://127.0.0.1:${port}` && origin !== `http://localhost:${port}`) return 'wrong origin'
  const offered = (protocols ?? '')
    .split(',')
    .map((text) => text.trim())
    .find((text) => text.startsWith(PROTOCOL_PREFIX))
    ?.slice(PROTOCOL_PREFIX.length)
  if (!offered) return 'wrong token'
  if (isSame(offered, token)) return null
  return isSame(offered, pageKey(token)) && hasCookie(cookies, port, token) ? null : 'wrong token'
}

/** Inline styles are allowed because the terminal and the editor set them. Inline scripts are not. */
export function contentSecurityPolicy(connect: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "worker-src 'self'",
    // The ports of nodes are shown in frames, each from its own origin on loopback.
    'frame-src http://*.localhost:*',
    `connect-src 'self' ${connect}`.trim(),
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

export function securityHeaders(connect: string): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(connect),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
  }
}
