/** What the window may do: pure decisions, tested without Electron. */

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

/** Links open in the user's browser when they are plain web addresses. */
export function mayOpenOutside(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)
}

/** Only the app's own page may ask for the port. */
export function isTrustedSender(url: string | undefined): boolean {
  return Boolean(url?.startsWith(`${APP_ORIGIN}/`))
}

export interface WindowState {
  readonly width: number
  readonly height: number
  readonly x?: number
  readonly y?: number
  readonly maximized: boolean
}

export const FIRST_WINDOW: WindowState = { width: 1280, height: 820, maximized: false }

interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** The saved state, unless its screen is gone: then the size only. */
export function onScreen(state: WindowState, areas: readonly Area[]): WindowState {
  const { x, y, width, height, maximized } = state
  if (x === undefined || y === undefined) return state
  const isSeen = areas.some(
    (area) =>
      x < area.x + area.width - 50 && x + width > area.x + 50 && y >= area.y && y < area.y + area.height - 50,
  )
  return isSeen ? state : { width, height, maximized }
}
