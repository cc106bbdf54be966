/** Ctrl+Enter (Cmd+Enter) opens the next step, wherever the focus is. */
import { useEffect } from 'react'

/** The terminal must never get the key: it would run the half-typed line. So it is taken on its way down. */
export function useNextKey(isOn: boolean, open: () => void): void {
  useEffect(() => {
    if (!isOn) return
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      event.preventDefault()
      event.stopPropagation()
      // A key that is held down would go on through the steps that are done.
      if (!event.repeat) open()
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  })
}
