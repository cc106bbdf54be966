/** The learner's own marks on questions. */
export { marksHandlers } from './handlers'
export { MarksService } from './marks'
