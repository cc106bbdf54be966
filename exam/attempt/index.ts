/** Attempts: the events of a journal, and the state that they add up to. */
export { AttemptEvent } from './events'
export { misfit, noBeginning } from './misfits'
export {
  type Attempt,
  apply,
  canLookAt,
  extraTimeOf,
  fold,
  type ItemState,
  isDomcRight,
  shownOption,
  timeLeft,
} from './state'
