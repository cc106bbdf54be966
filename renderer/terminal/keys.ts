/** The keys that do not go to the shell, as each platform is used to. */

/** `native` leaves the key to the browser: it pastes without asking for a permission. */
export type KeyAction = 'copy' | 'paste' | 'native' | 'search' | 'leave' | 'ignore' | null

export interface KeyPress {
  readonly key: string
  readonly ctrlKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

export interface KeyContext {
  readonly platform: 'mac' | 'windows' | 'linux'
  readonly hasSelection: boolean
}

/** The action of a key press. Null means that the key goes to the shell. */
export function keyAction(press: KeyPress, { platform, hasSelection }: KeyContext): KeyAction {
  const key = press.key.toLowerCase()
  if (key === 'f6') return 'leave'
  if (press.altKey) return null
  // It means "next step". To a shell it is Enter, which would run a half-typed line.
  if (key === 'enter' && (press.ctrlKey || press.metaKey)) return 'ignore'
  if (platform === 'mac') {
    if (!press.metaKey || press.ctrlKey) return null
    if (key === 'c') return hasSelection ? 'copy' : null
    return key === 'v' ? 'paste' : key === 'f' ? 'search' : null
  }
  if (!press.ctrlKey || press.metaKey) return null
  if (press.shiftKey) return key === 'c' ? 'copy' : key === 'v' ? 'paste' : key === 'f' ? 'search' : null
  // The shell would take Ctrl+V as "quote the next key", which nobody expects who wants to paste.
  if (key === 'v') return 'native'
  // On Windows Ctrl+C copies what is selected, and interrupts when nothing is.
  return platform === 'windows' && key === 'c' && hasSelection ? 'copy' : null
}

export function currentPlatform(agent = navigator.userAgent): KeyContext['platform'] {
  if (/Mac|iPhone|iPad/.test(agent)) return 'mac'
  return /Windows/.test(agent) ? 'windows' : 'linux'
}
