/** Who may talk to the web host: pure decisions, so that each refusal can be tested. */
import { timingSafeEqual } from 'node:crypto'

/** A WebSocket carries its token as a subprotocol: the one header that a page can set. */
const PROTOCOL_PREFIX = 'capstan.'

export interface Asked {
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly protocols: string | undefined
}

export interface Guarded {
  readonly port: number
  readonly token: string
}

/** A name that resolves to us (DNS rebinding) is not our name. */
export function isOurHost(host: string | undefined, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`
}

/** Why an upgrade is refused, or null when it may go on. A browser always sends an Origin, so none is a no. */
export function refusal({ host, origin, protocols }: Asked, { port, token }: Guarded): string | null {
  if (!isOurHost(host, port)) return 'wrong host'
  if (origin !== `http://127.0.0.1:${port}` && origin !== `http://localhost:${port}`) return 'wrong origin'
  const told = (protocols ?? '')
    .split(',')
    .map((text) => text.trim())
    .find((text) => text.startsWith(PROTOCOL_PREFIX))
  return told && isSame(told.slice(PROTOCOL_PREFIX.length), token) ? null : 'wrong token'
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** Styles are inline because the terminal and the editor set them; scripts never are. */
export function contentSecurityPolicy(connect: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "worker-src 'self'",
    // Ports of nodes are shown in a frame, each at an origin of its own on loopback.
    'frame-src http://127.0.0.1:*',
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
