/** Item statistics for instructors, from many attempts. */

/** One person's answer to one item of one form. */
export interface Response {
  readonly attemptId: string
  readonly itemId: string
  readonly right: boolean
  /** Ids of the options that were picked or accepted. */
  readonly picked: readonly number[]
  /** Ids of the options that were seen. An item that is delivered option by option may end before the last one. */
  readonly shown: readonly number[]
}

export interface ItemStatistics {
  readonly itemId: string
  readonly count: number
  /** The share of right answers, which is the classical difficulty p. */
  readonly p: number
  /** The point-biserial correlation with the score of the rest of the form. Null when one of the two never varies. */
  readonly discrimination: number | null
  /** By the id of an option: the share of those who saw it and picked it. An option that nobody saw is not here. */
  readonly picks: Readonly<Record<number, number>>
  readonly flags: readonly ('too-hard' | 'too-easy' | 'does-not-discriminate' | 'unused-distractor')[]
}

/** An item with fewer answers than this is never flagged. */
export const ENOUGH = 20
const TOO_HARD = 0.2
const TOO_EASY = 0.95
const LEAST_DISCRIMINATION = 0.15

/** @param optionsOf ids of an item's options with whether they are right */
export function itemStatistics(
  responses: readonly Response[],
  optionsOf: (itemId: string) => readonly { readonly id: number; readonly right: boolean }[],
): ItemStatistics[] {
  const scores = new Map<string, { right: number; of: number }>()
  for (const { attemptId, right } of responses) {
    const score = scores.get(attemptId) ?? { right: 0, of: 0 }
    scores.set(attemptId, { right: score.right + Number(right), of: score.of + 1 })
  }
  const byItem = grouped(responses)
  return [...byItem].map(([itemId, own]) => statisticsOf(itemId, own, { scores, options: optionsOf(itemId) }))
}

function grouped(responses: readonly Response[]): Map<string, Response[]> {
  const groups = new Map<string, Response[]>()
  for (const response of responses) {
    const group = groups.get(response.itemId)
    if (group) group.push(response)
    else groups.set(response.itemId, [response])
  }
  return groups
}

interface About {
  readonly scores: ReadonlyMap<string, { readonly right: number; readonly of: number }>
  readonly options: readonly { readonly id: number; readonly right: boolean }[]
}

function statisticsOf(itemId: string, own: readonly Response[], { scores, options }: About): ItemStatistics {
  const count = own.length
  const p = own.filter(({ right }) => right).length / count
  const rests = own.map(({ attemptId, right }) => {
    const { right: all = 0, of = 1 } = scores.get(attemptId) ?? {}
    return of > 1 ? (all - Number(right)) / (of - 1) : 0
  })
  const discrimination = correlation(
    own.map(({ right }) => Number(right)),
    rests,
  )
  const picks = Object.fromEntries(
    options.flatMap(({ id }): [number, number][] => {
      const saw = own.filter(({ shown }) => shown.includes(id))
      return saw.length === 0
        ? []
        : [[id, saw.filter(({ picked }) => picked.includes(id)).length / saw.length]]
    }),
  )
  const flags = count < ENOUGH ? [] : flagsOf({ p, discrimination, picks, options })
  return { itemId, count, p, discrimination, picks, flags }
}

function flagsOf({
  p,
  discrimination,
  picks,
  options,
}: Pick<ItemStatistics, 'p' | 'discrimination' | 'picks'> & Pick<About, 'options'>): ItemStatistics['flags'] {
  const flags: ItemStatistics['flags'][number][] = []
  if (p < TOO_HARD) flags.push('too-hard')
  if (p > TOO_EASY) flags.push('too-easy')
  if (discrimination !== null && discrimination < LEAST_DISCRIMINATION) flags.push('does-not-discriminate')
  if (options.some(({ id, right }) => !right && picks[id] === 0)) flags.push('unused-distractor')
  return flags
}

/** Pearson's correlation. Null when one side never varies. */
function correlation(a: readonly number[], b: readonly number[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  const sum = (value: (index: number) => number) => a.reduce((all, _one, index) => all + value(index), 0)
  const da = (index: number) => (a[index] ?? 0) - meanA
  const db = (index: number) => (b[index] ?? 0) - meanB
  const spread = Math.sqrt(sum((index) => da(index) ** 2) * sum((index) => db(index) ** 2))
  return spread === 0 ? null : sum((index) => da(index) * db(index)) / spread
}
