/** Tells whether an element has room in the one around it. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

interface Fit {
  readonly inner: RefObject<HTMLElement | null>
  readonly outer: RefObject<HTMLDivElement | null>
  readonly fits: boolean
}

/**
 * Measures, because the room depends on more than the window: on the size of the text, and on what stands beside. The
 * inner element must have its full width at all times, and the outer one must not get its width from it.
 */
export function useFits(): Fit {
  const inner = useRef<HTMLElement>(null)
  const outer = useRef<HTMLDivElement>(null)
  const [fits, setFits] = useState(true)
  useLayoutEffect(() => {
    const [content, room] = [inner.current, outer.current]
    if (!content || !room) return
    const look = () => setFits(content.offsetWidth <= room.clientWidth)
    const observer = new ResizeObserver(look)
    observer.observe(content)
    observer.observe(room)
    look()
    return () => observer.disconnect()
  }, [])
  return { inner, outer, fits }
}
