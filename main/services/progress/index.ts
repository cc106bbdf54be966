/** Progress: what attempts and labs say about a student's knowledge, what to review, and exports of it. */
export { ExportedAttempts } from './export'
export { progressHandlers } from './handlers'
export { type ProgressOptions, ProgressService } from './progress'
export { statisticsOf } from './statistics'
