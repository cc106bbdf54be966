/** Scores: the results of attempts. */
export { type ItemResult, type Result, type Share, score, share } from './score'
