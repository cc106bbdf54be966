/** Hands-on exams: a timed set of tasks on real nodes. Each task is graded by its checks, with weights and part marks. */
export { HandsOnEvent, HandsOnForm, TaskGrade } from './events'
export { type HandsOnText, lintHandsOn } from './lint'
export { type ParsedHandsOn, parseHandsOn } from './parse'
export type { HandsOnExam } from './schema'
export { domainOfTask, type HandsOnResult, scoreHandsOn } from './score'
export {
  applyHandsOn,
  awaitingGrade,
  foldHandsOn,
  type HandsOnAttempt,
  isGraded,
} from './state'
