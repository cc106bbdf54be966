/** The mock exam and practice sessions: the start page, the delivery of items, and the result. */
export { AttemptPage } from './attempt-page'
export { ExamPage } from './exam-page'
export { QuestionsPage } from './questions-page'
export { ResultPage } from './result-page'
export { TryPage } from './try-page'
