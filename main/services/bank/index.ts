/** The bank of questions and hands-on exams, from disk. */
export {
  type LoadedBank,
  loadBank,
  loadBlueprint,
  type QuestionFiles,
  readHandsOn,
  readQuestions,
} from './bank'
