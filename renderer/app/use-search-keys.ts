/** The keys that open the search: / except where text is typed or an exam is written, and Ctrl+K everywhere. */
import { useEffect } from 'react'
import { useStance } from '../attempt'

export function useSearchKeys(open: () => void): void {
  const { exam } = useStance()
  const isShut = exam !== null
  useEffect(() => {
    if (isShut) return
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null
      // Ctrl+K cuts a line in a shell, so a terminal keeps it.
      if (target?.closest('.terminal-view, [data-testid="text-editor"]')) return
      const isTyping = target?.closest('input, textarea, select, [contenteditable], [role="dialog"]')
      const isSlash = event.key === '/' && !isTyping
      const isCtrlK = event.key === 'k' && (event.ctrlKey || event.metaKey) && !event.altKey
      if (!isSlash && !isCtrlK) return
      event.preventDefault()
      open()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
}
