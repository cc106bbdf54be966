/** Which terminals and previews are on the page at once, and how that is changed. */
import { existing, gridOf, idsIn, replaced, split, type Tiling } from './tiling'

export interface Tiles {
  /** Empty while the chosen tab has all the place. */
  readonly tiling: Tiling
  readonly change: (tiling: Tiling) => void
  /** Chooses a tab. One that is not on the page takes the place of the one that was chosen before. */
  readonly show: (id: string) => void
  /** Shows a tab beside the chosen one. */
  readonly showBeside: (id: string, to: 'right' | 'down') => void
  /** Takes a tab from the page. It stays in the row of tabs. */
  readonly hide: (id: string) => void
  /** Shows one terminal of each node. */
  readonly showAll: () => void
  readonly showOne: () => void
}

interface Open {
  readonly tiling: Tiling
  readonly change: (tiling: Tiling) => void
  /** The first terminal of each node. */
  readonly firsts: readonly string[]
  readonly activeId: string | null
  readonly choose: (id: string) => void
}

export function tilesOf({ tiling, change, firsts, activeId, choose }: Open): Tiles {
  const shown = idsIn(tiling)
  return {
    tiling,
    change,
    show: (id) => {
      if (!shown.includes(id) && activeId !== null) change(replaced(tiling, activeId, id))
      choose(id)
    },
    showBeside: (id, to) => {
      if (activeId !== null && activeId !== id && !shown.includes(id)) change(split(tiling, activeId, id, to))
      choose(id)
    },
    hide: (id) => {
      const left = shown.filter((one) => one !== id)
      change(existing(tiling, left))
      const [first] = left
      if (id === activeId && first !== undefined) choose(first)
    },
    showAll: () => change(gridOf(firsts)),
    showOne: () => change([]),
  }
}
