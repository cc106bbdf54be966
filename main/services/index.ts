/** The services behind the contract, for the shells and the command line. */
export { App, type AppOptions, createHandlers, installLastResort, Notices } from './app'
export { momentNow } from './attempts'
export {
  type LoadedBank,
  loadBank,
  loadBlueprint,
  readHandsOn,
  readQuestionFolder,
  readQuestions,
} from './bank'
export { ExamEntry, ExamsService } from './exams'
export { carriedPictures, lostParts } from './exchange'
export { HandsOnEntry, handsOnAttempts } from './hands-on'
export { readLabs } from './labs'
export { readForeign, readPicture } from './own'
export { readPathTexts } from './path'
export { ExportedAttempts, ProgressService, statisticsOf } from './progress'
export { Trust } from './trust'
