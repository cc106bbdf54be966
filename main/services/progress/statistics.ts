/** Item statistics for instructors, with the texts of the items. */
import {
  ENOUGH,
  type Item,
  type ItemStatistics,
  isOfExam,
  itemStatistics,
  type Response,
} from '../../../exam'
import type { ItemStatisticsView, StatisticsView } from '../../api'

export interface StatisticsContext {
  /** How many attempts the statistics rest on. */
  readonly attempts: number
  readonly item: (id: string) => Item | undefined
  /** Items that are not shown, because they are in an exam that still runs. */
  readonly hidden: ReadonlySet<string>
  /** The items whose options and keys may be seen. */
  readonly keys: ReadonlySet<string>
}

export function statisticsOf(
  responses: readonly Response[],
  { attempts, item, hidden, keys }: StatisticsContext,
): StatisticsView {
  const all = itemStatistics(responses, (id) => pickedFrom(item(id)))
  const items = all
    .filter(({ itemId }) => !hidden.has(itemId))
    .map((one) => view(one, item(one.itemId), keys.has(one.itemId)))
    .sort((a, b) => b.flags.length - a.flags.length || b.count - a.count || (a.itemId < b.itemId ? -1 : 1))
  return { attempts, enough: ENOUGH, items }
}

function view(
  { itemId, count, p, discrimination, picks, flags }: ItemStatistics,
  item: Item | undefined,
  withKeys: boolean,
): ItemStatisticsView {
  const options = withKeys ? pickedFrom(item) : []
  return {
    itemId,
    count,
    discrimination,
    domain: item?.domain ?? '',
    stem: item?.stem ?? 'This item is no longer in the bank.',
    difficulty: p,
    options: options.map(({ id, text, right }) => ({ text, right, picked: picks[id] ?? null })),
    flags,
  }
}

/** The options of a choice. Those of other types are not picked or left, but put in order or next to a prompt. */
function pickedFrom(item: Item | undefined): Item['options'] {
  return item && isOfExam(item) ? item.options : []
}
