/** Exams, practices and drills: the only place that knows keys while an attempt runs. */
export { answersOf, type GivenAnswer } from './answers'
export { isSitting } from './closed-book'
export type { ExamCommand } from './command'
export { type ExamsOptions, ExamsService } from './exams'
export { examHandlers } from './handlers'
export type { OwnSource, OwnWish } from './own'
export { ExamEntry, type StoredExam } from './stored'
