/** What is true of each option of an item, and apart from it how the candidate answered. The functions are pure. */
import type { CurrentItem, RevealedItem } from '../../../main/api'

type Option = RevealedItem['options'][number]

export interface JudgedOption extends Option {
  /** "You said no", or that nobody was asked. */
  readonly answer: string
  /** Whether the answer to this option was wrong. Null where there was none. */
  readonly mistaken: boolean | null
}

export function judged(options: readonly Option[], delivery: CurrentItem['delivery']): JudgedOption[] {
  if (delivery === 'domc') return options.map(alone)
  const isMultiple = options.filter(({ right }) => right).length > 1
  const isAnswered = options.some(({ picked }) => picked)
  return options.map((option) => ({
    ...option,
    answer: option.picked ? 'You chose it' : 'You did not choose it',
    mistaken: isAnswered && (option.picked || isMultiple) ? option.picked !== option.right : null,
  }))
}

function alone(option: Option): JudgedOption {
  if (!option.shown) return { ...option, answer: 'It was not shown', mistaken: null }
  return {
    ...option,
    answer: `You said ${option.picked ? 'yes' : 'no'}`,
    mistaken: option.picked !== option.right,
  }
}
