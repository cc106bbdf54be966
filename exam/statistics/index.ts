/** Item statistics for instructors. */
export { chiSquaredQuantile, Z90, Z99_BELOW } from './quantiles'
export { type ItemStatistics, itemStatistics, type Response } from './statistics'
