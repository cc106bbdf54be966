/** Scores: the results of attempts. */
export { type ItemResult, isAnswered, itemResult, type Result, type Share, score, share } from './score'
