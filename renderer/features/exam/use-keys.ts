/** Listens for the keys of the exam. The focus may be anywhere on the page. */
import { useEffect } from 'react'
import { type Intent, intentOf, type Pressed, type Situation } from './keys'

const TEXT =
  'input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable], [role=dialog], [role=alertdialog]'

function focusOf(target: EventTarget | null): Pressed['focus'] {
  if (!(target instanceof HTMLElement)) return 'none'
  if (target.closest(TEXT)) return 'text'
  if (target.closest('pre, .topology')) return 'scroller'
  return target.closest('button, a, summary') ? 'control' : 'none'
}

export function useExamKeys(situation: Situation, act: (intent: Intent) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { key, ctrlKey, altKey, metaKey, repeat, target } = event
      const intent = intentOf({ key, ctrlKey, altKey, metaKey, repeat, focus: focusOf(target) }, situation)
      if (!intent) return
      event.preventDefault()
      act(intent)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  })
}
