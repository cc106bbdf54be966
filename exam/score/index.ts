/** Scores: the results of attempts. */
export { type ItemResult, itemResult, type Result, type Share, score, share } from './score'
