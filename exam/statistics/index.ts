/** Item statistics for instructors. */
export { chiSquaredQuantile, Z90, Z99_BELOW } from './quantiles'
export { ENOUGH, type ItemStatistics, itemStatistics, type Response } from './statistics'
