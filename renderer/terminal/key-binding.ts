/** Binds the keys that a terminal keeps for itself. */
import type { Terminal } from '@xterm/xterm'
import { currentPlatform, keyAction } from './keys'

export interface Wishes {
  /** F6 was pressed: the focus goes to the next pane, or to the one before. */
  readonly leave: (backwards: boolean) => void
  readonly search: () => void
}

export function bindKeys(terminal: Terminal, { leave, search }: Wishes): void {
  const platform = currentPlatform()
  terminal.attachCustomKeyEventHandler((event) => {
    const action = keyAction(event, { platform, hasSelection: terminal.hasSelection() })
    if (!action) return true
    if (action === 'native' || event.type !== 'keydown') return false
    event.preventDefault()
    if (action === 'copy') void navigator.clipboard.writeText(terminal.getSelection())
    if (action === 'paste') void navigator.clipboard.readText().then((text) => terminal.paste(text))
    if (action === 'search') search()
    if (action === 'leave') {
      // The page listens for F6 too, and would move the focus once more.
      event.stopPropagation()
      leave(event.shiftKey)
    }
    return false
  })
}
