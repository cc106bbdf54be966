/** Hands-on exams: their attempts, the nodes of their tasks, and grades that are looked up in those nodes. */
export { HandsOnEntry, handsOnAttempts, type StoredHandsOn } from './attempts'
export { handsOnHandlers } from './handlers'
export { type HandsOnOptions, HandsOnService } from './hands-on'
export { type GradedHandsOn, gradedOf, HandsOnScores, tasksAsAnswers } from './results'
