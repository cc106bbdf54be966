/** Decides what the window may do. The decisions are pure, so that they are tested without Electron. */

export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://capstan`

/** The window shows the app and nothing else. */
export function mayNavigate(url: string): boolean {
  return (
    URL.canParse(url) &&
    new URL(url).origin === new URL(APP_ORIGIN).origin &&
    url.startsWith(`${APP_ORIGIN}/`)
  )
}

/** Frames show what the doors to nodes' ports serve: pages on this computer's loopback. */
export function mayShowInFrame(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  return protocol === 'http:' && (hostname === '127.0.0.1' || hostname.endsWith('.localhost'))
}

/** The page saves what it has made itself, such as an export. Pages of labs save nothing. */
export function mayDownload(url: string): boolean {
  return url.startsWith(`blob:${APP_ORIGIN}/`)
}

/** What the page itself needs: the terminal copies and pastes. */
const PERMISSIONS: readonly string[] = ['clipboard-read', 'clipboard-sanitized-write']

export interface AskedPermission {
  readonly permission: string
  /** The origin or the address that asks; Electron leaves it empty for some permissions. */
  readonly origin: string | undefined
  /** Pages of labs are shown in frames, which get nothing. */
  readonly isMainFrame: boolean
}

/** The app's own page may use the clipboard, and nobody may do anything else. */
export function mayUse({ permission, origin, isMainFrame }: AskedPermission): boolean {
  const isOurs = origin === APP_ORIGIN || Boolean(origin?.startsWith(`${APP_ORIGIN}/`))
  return isMainFrame && isOurs && PERMISSIONS.includes(permission)
}

/** A link opens in the user's browser when it is a plain web address. */
export function mayOpenOutside(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)
}

/** Only the app's own page may ask for the port. */
export function isTrustedSender(url: string | undefined): boolean {
  return Boolean(url?.startsWith(`${APP_ORIGIN}/`))
}
