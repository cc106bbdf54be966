/** Progress: how ready somebody is, and which items to look at again. */
export { readinessCurve } from './curve'
export { type DoneLab, evidenceOf, type KnownAnswer } from './evidence'
export { readiness } from './readiness'
export { Review, review, reviewsDue, reviewsOf } from './reviews'
