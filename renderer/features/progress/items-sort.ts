/** The order of the items in the statistics. The functions are pure. */
import type { ItemStatisticsView } from '../../../main/api'

export type SortKey = 'item' | 'count' | 'difficulty' | 'discrimination' | 'flags'

export interface Sort {
  readonly key: SortKey
  readonly isDescending: boolean
}

const VALUES: Readonly<Record<SortKey, (item: ItemStatisticsView) => number | string | null>> = {
  item: ({ itemId }) => itemId,
  count: ({ count }) => count,
  difficulty: ({ difficulty }) => difficulty,
  discrimination: ({ discrimination }) => discrimination,
  flags: ({ flags }) => flags.length,
}

/** Sorts items. An item whose value is not known comes last in both directions. */
export function sorted(
  items: readonly ItemStatisticsView[],
  { key, isDescending }: Sort,
): ItemStatisticsView[] {
  const value = VALUES[key]
  return [...items].sort((one, other) => {
    const [a, b] = [value(one), value(other)]
    if (a === null || b === null) return Number(a === null) - Number(b === null)
    const order = a < b ? -1 : Number(a > b)
    return isDescending ? -order : order
  })
}

export const FLAG_NAMES: Readonly<Record<ItemStatisticsView['flags'][number], string>> = {
  'too-hard': 'nearly nobody gets it right',
  'too-easy': 'nearly everybody gets it right',
  'does-not-discriminate': 'the able do no better',
  'unused-distractor': 'a wrong option that nobody picks',
}
