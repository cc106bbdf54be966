/** How a sample item stands after some answers, by the rules of one-at-a-time items. The function is pure. */
import type { SampleItem } from './sample-items'

export type SampleEnd = 'accepted-all' | 'accepted-wrong' | 'refused-right'

export interface SampleStanding {
  /** Why it is over; null while it is not. */
  readonly end: SampleEnd | null
  /** The option that is shown; null when it is over. */
  readonly shown: number | null
}

/** @param said yes or no to each option that was shown, in order */
export function standingOf({ options }: SampleItem, said: readonly boolean[]): SampleStanding {
  const mistake = options.find(({ right }, index) => index < said.length && said[index] !== right)
  if (mistake) return { end: mistake.right ? 'refused-right' : 'accepted-wrong', shown: null }
  const isLeft = options.some(({ right }, index) => right && index >= said.length)
  return isLeft ? { end: null, shown: said.length } : { end: 'accepted-all', shown: null }
}
