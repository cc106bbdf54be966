/** Parts that all attempts share: their lists, their time, their mode and their outcome. */
export { AttemptHistory, RunningAttempts } from './attempts'
export { modeName, useAttemptName } from './mode'
export { type Act, outboxOf } from './outbox'
export { Outcome } from './outcome'
export { RemoveAttempt } from './remove-attempt'
export { OtherRuns, RunningBadge, useRunningExam } from './running'
export { placeOf, useStance, useTakeStance } from './stance'
export { Timer } from './timer'
