/** F6 moves the focus to the next pane, Shift+F6 to the pane before. */
import { useEffect } from 'react'
import { nextPane } from './panes'

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

/** What takes the focus in a pane: the first of these that there is. */
const TARGETS = ['[data-pane-focus]', 'textarea, .native-edit-context', 'input', 'button:not([disabled])']

/**
 * Moves the focus to the pane after the one that has it, or to the one before. The panes are those on the page, in its
 * order: the nodes, the text, the editor, and each terminal and preview that is shown.
 */
export function focusNextPane(backwards: boolean): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) =>
    pane.checkVisibility(),
  )
  const current = panes.findIndex((pane) => pane.contains(document.activeElement))
  const pane = panes[nextPane(current, { count: panes.length, backwards })]
  const targets = TARGETS.map((target) => pane?.querySelector<HTMLElement>(target))
  const target = targets.find((one) => one) ?? pane
  target?.focus()
}
