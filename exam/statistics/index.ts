/** Item statistics for instructors. */
export { type ItemStatistics, itemStatistics, type Response } from './statistics'
