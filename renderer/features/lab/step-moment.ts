/** What the checks of a step mean together: pure. */
import type { CheckView, StepView } from '../../../main/api'

/** A step is worked on, it is done, or it was done and the nodes are further now. */
export type StepMoment = 'working' | 'done' | 'past'

export function momentOfStep({ state, checks }: Pick<StepView, 'state' | 'checks'>): StepMoment {
  if (state !== 'done' && state !== 'skipped') return 'working'
  // A step that is opened again shows no results for a moment. It was done, and may still be.
  return checks.every((check) => check.state === 'green' || check.state === 'pending') ? 'done' : 'past'
}

/**
 * The checks that say how far the step is. A guard is green before anything is done, so it counts only while something
 * that it watches over is wrong.
 */
export function counted(checks: readonly CheckView[]): CheckView[] {
  return checks.filter(({ guard, state }) => !guard || (state !== 'green' && state !== 'pending'))
}

/** The check that the student should look at first: what was right and is not any more, then what is asked next. */
export function pressing(checks: readonly CheckView[]): CheckView | undefined {
  const left = checks.filter(({ state }) => state !== 'green')
  return left.find(({ guard, state }) => guard && state !== 'pending') ?? left[0]
}
