/** Parts that all attempts share: their lists, their time, their mode and their outcome. */
export { AttemptHistory, RunningAttempts } from './attempts'
export { modeName } from './mode'
export { Outcome } from './outcome'
export { Timer } from './timer'
