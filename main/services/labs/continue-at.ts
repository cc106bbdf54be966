/** Where a student goes on with a lab that was begun before: pure. */
import type { LoadedLab } from '../../../engine'
import type { LabSummary } from '../../api'

type Steps = readonly Pick<LoadedLab['steps'][number], 'id' | 'solution'>[]

/**
 * The first step that the student has never done. Null when that is the first one or none, and when a step before it has
 * no solution, so that Capstan cannot bring the nodes there.
 */
export function continueAt(steps: Steps, done: readonly string[]): LabSummary['continueAt'] {
  const index = steps.findIndex(({ id }) => !done.includes(id))
  const step = steps[index]
  if (!step || index === 0) return null
  const isReachable = steps.slice(0, index).every(({ solution }) => solution.length > 0)
  return isReachable ? { stepId: step.id, number: index + 1 } : null
}
