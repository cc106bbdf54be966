/** Lets things glide: a task that has moved to another node comes from where it was, and a new thing appears softly. */
import { type RefObject, useLayoutEffect, useRef } from 'react'

const MOVE_MS = 400

interface Place {
  readonly left: number
  readonly top: number
}

/**
 * Elements with the same `data-place` before and after a change are the same thing.
 * @param map what is drawn; a change of it may move things
 */
export function useMoves(area: RefObject<HTMLElement | null>, map: unknown): void {
  const before = useRef<ReadonlyMap<string, Place> | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: things move when the map is another one
  useLayoutEffect(() => {
    const now = new Map<string, Place>()
    for (const element of area.current?.querySelectorAll<HTMLElement>('[data-place]') ?? []) {
      const place = { left: element.offsetLeft, top: element.offsetTop }
      const name = element.dataset.place ?? ''
      now.set(name, place)
      if (before.current) glide(element, before.current.get(name), place)
    }
    before.current = now
  }, [area, map])
}

function glide(element: HTMLElement, from: Place | undefined, to: Place): void {
  if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const timing = { duration: MOVE_MS, easing: 'ease-out' }
  if (!from) {
    element.animate(
      [
        { opacity: 0, transform: 'scale(0.9)' },
        { opacity: 1, transform: 'none' },
      ],
      timing,
    )
    return
  }
  const [x, y] = [from.left - to.left, from.top - to.top]
  if (x === 0 && y === 0) return
  element.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], timing)
}
