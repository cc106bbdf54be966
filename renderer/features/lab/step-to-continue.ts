/** Where a student goes on with a lab that was begun before: pure. */
import type { LabDetail } from '../../../main/api'
import { canBeginAt } from './can-begin-at'

/** The first step that the student has never done; null for a lab that is new or completed, or that has to begin at its first step. */
export function stepToContinue(lab: Pick<LabDetail, 'steps' | 'completedAt'>): {
  readonly id: string
  readonly number: number
} | null {
  const index = lab.steps.findIndex(({ done }) => !done)
  const step = lab.steps[index]
  if (!step || index === 0 || lab.completedAt !== null || !canBeginAt(lab, index)) return null
  return { id: step.id, number: index + 1 }
}
