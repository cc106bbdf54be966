/** Attempts: the events of a journal, and the state that they add up to. */
export { answerOf, isInOrder, mostChosen, NO_OPTION } from './answer'
export { AttemptEvent, RanCheck } from './events'
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
