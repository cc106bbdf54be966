/** At which steps a lab can begin: pure. */
import type { LabDetail } from '../../../main/api'

/** A step is reached without the student when there is a solution of every step before it. */
export function canBeginAt({ steps }: Pick<LabDetail, 'steps'>, index: number): boolean {
  return steps.slice(0, index).every(({ hasSolution }) => hasSolution)
}
