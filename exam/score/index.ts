/** Scores: the results of attempts. */
export { type Result, type Share, score, share } from './score'
