/** Arrow keys go from one thing of an area to the next, beside the Tab key. Home and End go to the first and the last. */
import { type RefObject, useEffect } from 'react'

const STEPS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }

export function useArrowKeys(area: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = area.current
    const press = (event: KeyboardEvent) => {
      const things = [...(element?.querySelectorAll<HTMLElement>('button') ?? [])]
      const current = things.findIndex((one) => one.contains(document.activeElement))
      const next = nextOf(event.key, current, things.length)
      if (current < 0 || next === null) return
      event.preventDefault()
      things[next]?.focus()
    }
    element?.addEventListener('keydown', press)
    return () => element?.removeEventListener('keydown', press)
  }, [area])
}

/** The index that a key leads to; null for a key that leads nowhere. */
function nextOf(key: string, current: number, count: number): number | null {
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  const step = STEPS[key]
  return step === undefined ? null : Math.min(count - 1, Math.max(0, current + step))
}
