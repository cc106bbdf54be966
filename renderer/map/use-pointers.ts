/** What the texts of a session point to on its map. */
import { useMemo, useRef, useState } from 'react'
import type { Pointers } from '../components'

export interface Pointed {
  /** Such as `node:manager1`. */
  readonly target: string
  /** A click brings the thing into view, and says so. A later click has a larger number; zero only marks the thing. */
  readonly shown: number
}

/** @param open opens the map */
export function usePointers(open: () => void): {
  readonly pointers: Pointers
  readonly pointed: Pointed | null
} {
  const [pointed, setPointed] = useState<Pointed | null>(null)
  const shows = useRef(0)
  // The context would draw all of the text again whenever its value is another one.
  const latestOpen = useRef(open)
  latestOpen.current = open
  const pointers = useMemo<Pointers>(
    () => ({
      show: (target) => {
        latestOpen.current()
        setPointed({ target, shown: ++shows.current })
      },
      mark: (target) =>
        setPointed((last) => {
          if (target === null) return last?.shown ? last : null
          return last?.target === target ? last : { target, shown: 0 }
        }),
    }),
    [],
  )
  return { pointers, pointed }
}
