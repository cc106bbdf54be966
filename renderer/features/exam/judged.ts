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
  if (delivery === 'domc') return options.map((option, index) => alone(option, isExtra(options, index)))
  const isMultiple = options.filter(({ right }) => right).length > 1
  const isAnswered = options.some(({ picked }) => picked)
  return options.map((option) => ({
    ...option,
    answer: option.picked ? 'You chose it' : 'You did not choose it',
    mistaken: isAnswered && (option.picked || isMultiple) ? option.picked !== option.right : null,
  }))
}

/** When all right options have been accepted, the result is certain. An option that is shown after that does not count. */
function isExtra(options: readonly Option[], index: number): boolean {
  const before = options.slice(0, index)
  const isRight = before.every(({ right, picked }) => right === picked)
  return isRight && !options.slice(index).some(({ right }) => right)
}

function alone(option: Option, isUncounted: boolean): JudgedOption {
  if (!option.shown) return { ...option, answer: 'It was not shown', mistaken: null }
  if (isUncounted)
    return {
      ...option,
      answer: `You said ${option.picked ? 'yes' : 'no'}. It does not count`,
      mistaken: null,
    }
  return {
    ...option,
    answer: `You said ${option.picked ? 'yes' : 'no'}`,
    mistaken: option.picked !== option.right,
  }
}
