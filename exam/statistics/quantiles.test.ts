import { expect, test } from 'vitest'
import { chiSquaredQuantile, Z90, Z99_BELOW } from './quantiles'

// From the tables of the chi-squared distribution.
test.each([
  [3, Z99_BELOW, 11.345],
  [10, Z99_BELOW, 23.209],
  [30, Z99_BELOW, 50.892],
  [10, Z90, 18.307],
])('of %i degrees', (degrees, z, value) => {
  expect(Math.abs(chiSquaredQuantile(degrees, z) / value - 1)).toBeLessThan(0.01)
})
