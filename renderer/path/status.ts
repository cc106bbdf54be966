/** What a lab is to the student now, and what one does with it. The functions are pure. */
import type { LabSummary } from '../../main/api'

export type Status = 'open' | 'done' | 'begun' | 'new'

/** An open session counts for more than what was done before. */
export function statusOf({
  sessionId,
  completedAt,
  stepsDone,
}: Pick<LabSummary, 'sessionId' | 'completedAt' | 'stepsDone'>): Status {
  if (sessionId) return 'open'
  if (completedAt) return 'done'
  return stepsDone > 0 ? 'begun' : 'new'
}

const FROM_THE_START: Readonly<Record<Status, string>> = {
  open: 'Continue',
  done: 'Do it again',
  begun: 'Start again',
  new: 'Start',
}

type Lab = Pick<LabSummary, 'sessionId' | 'completedAt' | 'stepsDone' | 'continueAt'>

/** The words of the button that starts or continues a lab. All pages have the same. */
export function wordsOf(lab: Lab): string {
  const status = statusOf(lab)
  if (status === 'begun' && lab.continueAt) return `Continue at step ${lab.continueAt.number}`
  return FROM_THE_START[status]
}

/** The words of the button where the student has chosen the step. @param number of the step, from 1 */
export function wordsAtStep(lab: Lab, number: number): string {
  if (number === lab.continueAt?.number) return wordsOf(lab)
  return number === 1 ? FROM_THE_START[statusOf(lab)] : `Start at step ${number}`
}
