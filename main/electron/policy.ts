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

/** A link opens in the user's browser when it is a plain web address. */
export function mayOpenOutside(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)
}

/** Only the app's own page may ask for the port. */
export function isTrustedSender(url: string | undefined): boolean {
  return Boolean(url?.startsWith(`${APP_ORIGIN}/`))
}
