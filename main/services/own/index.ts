/** The person's own questions: their files, their pictures, and files of other programs, read in a thread. */
export { PICTURES } from './find-files'
export { type ReadForeign, readForeign } from './foreign'
export type { CarriedPicture, WrittenForeign } from './jobs'
export { type OwnContent, OwnQuestions } from './own-questions'
export { checkedPicture, type FoundPicture, readPicture } from './pictures'
export { runInThread } from './run-thread'
