/** Tells whether there is no room for panes side by side, so that they lie one above the other. */
import { useEffect, useState } from 'react'

const NARROW = '(max-width: 760px)'

export function useIsNarrow(): boolean {
  const [isNarrow, setIsNarrow] = useState(() => window.matchMedia(NARROW).matches)
  useEffect(() => {
    const query = window.matchMedia(NARROW)
    const change = () => setIsNarrow(query.matches)
    query.addEventListener('change', change)
    return () => query.removeEventListener('change', change)
  }, [])
  return isNarrow
}
