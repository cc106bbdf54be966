/** Progress: how ready somebody is, and what to look at again. */
export { type Abilities, type Answer, chance, estimate, expectedShare } from './ability'
export { type KnownAnswer, type Readiness, type ReadinessReport, readiness } from './readiness'
export { Review, review, reviewsDue } from './reviews'
