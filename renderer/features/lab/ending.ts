/** How a lab ends for a student, who may have begun in the middle: pure. */
import type { LabDetail, SessionView } from '../../../main/api'

/** Numbers of steps, from 1. */
export interface Ending {
  /** What the student has done, now or in an earlier session. */
  readonly done: readonly number[]
  /** What Capstan has done, and the student never. */
  readonly skipped: readonly number[]
}

/** Null while there is a step to do. */
export function endingOf(
  { steps: texts }: Pick<LabDetail, 'steps'>,
  { steps }: Pick<SessionView, 'steps'>,
): Ending | null {
  if (steps.some(({ state }) => state === 'open' || state === 'locked')) return null
  const numbers = steps.map((_, index) => index + 1)
  const isSkipped = (number: number) => steps[number - 1]?.state === 'skipped' && !texts[number - 1]?.done
  return {
    done: numbers.filter((number) => !isSkipped(number)),
    skipped: numbers.filter(isSkipped),
  }
}

/** "step 2", "steps 1 and 2", "steps 3 to 5", "steps 1, 3 and 4". */
export function stepNumbers(numbers: readonly number[]): string {
  const [first = 0] = numbers
  const last = numbers.at(-1) ?? first
  if (numbers.length === 1) return `step ${first}`
  if (numbers.length > 2 && last - first === numbers.length - 1) return `steps ${first} to ${last}`
  return `steps ${numbers.slice(0, -1).join(', ')} and ${last}`
}
