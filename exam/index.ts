/** The exam layer: questions, forms, attempts, scores, progress. It is pure: no Docker, no disk, no window, no clock. */
export {
  type Attempt,
  AttemptEvent,
  answerOf,
  apply,
  canLookAt,
  extraTimeOf,
  fold,
  isInOrder,
  mostChosen,
  NO_OPTION,
  RanCheck,
  shownOption,
  timeLeft,
} from './attempt'
export {
  type Bank,
  type BankNumbers,
  bankNumbers,
  bankOf,
  bankStats,
  buildBank,
  type EngineProofs,
  everyItem,
  isProven,
  lintBank,
  nameInFile,
  type Provable,
  proofsByEngine,
  provables,
  representatives,
  wholeItems,
} from './bank'
export { type Blueprint, parseBlueprint } from './blueprint'
export {
  draftsToYaml,
  FORMATS,
  type Imported,
  importForeign,
  isZip,
  type Lost,
  type LostPart,
  recognise,
} from './exchange'
export {
  assembleForm,
  drillForm,
  type Exposure,
  exposureOf,
  Form,
  formOf,
  type ItemText,
  itemText,
  type Purpose,
} from './form'
export {
  holdsFor,
  type Item,
  ItemCommand,
  type ItemHead,
  ItemKind,
  isOfExam,
  parseQuestions,
  type QuestionText,
  questionsJsonSchema,
  rangeInWords,
} from './format'
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
} from './hands-on'
export { lintSheets, type ObjectiveSheet, parseSheets, type SheetText } from './objectives'
export { type LearningPath, lintPaths, type PathStep, type PathText, parsePath } from './path'
export {
  type DoneLab,
  evidenceOf,
  type KnownAnswer,
  Review,
  readiness,
  readinessCurve,
  review,
  reviewsDue,
  reviewsOf,
} from './progress'
export { type ItemResult, isAnswered, itemResult, type Result, type Share, score } from './score'
export { ENOUGH, type ItemStatistics, itemStatistics, type Response } from './statistics'
