/** The hands-on exams: the start page, and an attempt from its first task to its result. */
export { HandsOnAttemptPage } from './attempt-page'
export { HandsOnPage } from './hands-on-page'
