/** Scores: the result of an attempt. */
export { type ItemResult, type Result, type Share, score, share } from './score'
