/** The bank of questions and hands-on exams, as the build wrote it or from the files that people edit. */
export {
  type LoadedBank,
  loadBank,
  loadBlueprint,
  readHandsOn,
  readQuestionFolder,
  readQuestions,
} from './bank'
export { writeBuiltBank } from './built'
export type { QuestionFiles } from './questions'
