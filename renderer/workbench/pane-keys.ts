/** F6 moves the focus to the next pane, Shift+F6 to the pane before. */
import { useEffect } from 'react'
import { nextPane, PANES } from './panes'

export function usePaneKeys() {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'F6') return
      event.preventDefault()
      focusNextPane(event.shiftKey)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
}

/** Moves the focus to the pane after the one that has it, or to the one before. */
export function focusNextPane(backwards: boolean): void {
  const panes = PANES.map((id) => document.querySelector<HTMLElement>(`[data-pane="${id}"]`)).filter(
    (pane) => pane !== null,
  )
  const current = panes.findIndex((pane) => pane.contains(document.activeElement))
  const pane = panes[nextPane(current, { count: panes.length, backwards })]
  const target = pane?.querySelector<HTMLElement>('[data-pane-focus], textarea, .native-edit-context') ?? pane
  target?.focus()
}
