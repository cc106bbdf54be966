/** The exam layer's front door: what main/ may use of it. Pure: no Docker, no disk, no window. */
export { type Attempt, AttemptEvent, apply, canLookAt, fold, shownOption, timeLeft } from './attempt'
export {
  type Bank,
  type BankStats,
  bankStats,
  buildBank,
  lintBank,
  nameInFile,
  representatives,
} from './bank'
export { type Blueprint, parseBlueprint } from './blueprint'
export { draftsToYaml, FORMATS } from './exchange'
export { AssemblyError, assembleForm, Form } from './form'
export { type Item, type QuestionText, questionsJsonSchema } from './format'
export {
  applyHandsOn,
  awaitingGrade,
  domainOfTask,
  foldHandsOn,
  type HandsOnAttempt,
  HandsOnEvent,
  type HandsOnExam,
  HandsOnForm,
  type HandsOnResult,
  type HandsOnText,
  isGraded,
  lintHandsOn,
  type ParsedHandsOn,
  parseHandsOn,
  scoreHandsOn,
  TaskGrade,
  type TaskInfo,
} from './hands-on'
export { type ReadinessReport, Review, readiness, review, reviewsDue } from './progress'
export { type Result, score } from './score'
export { type ItemStatistics, itemStatistics } from './statistics'
