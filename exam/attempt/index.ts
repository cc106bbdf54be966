/** Attempts: a journal of events, and the state that it folds to. */
export { AttemptEvent } from './events'
export {
  type Attempt,
  apply,
  canLookAt,
  type Decision,
  fold,
  type ItemState,
  isDomcRight,
  JournalError,
  shownOption,
  timeLeft,
} from './state'
