/** Item statistics for instructors. */
export { ENOUGH, type ItemStatistics, itemStatistics, type Response } from './statistics'
