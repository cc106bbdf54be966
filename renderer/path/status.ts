/** What a lab is to the student now. The functions are pure. */
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
