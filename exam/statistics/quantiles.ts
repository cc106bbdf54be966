/** Quantiles of the distributions that results and the linter reason with. */

/** Of the standard normal: 90 % lie between minus and plus this, and 95 % below it. */
export const Z90 = 1.645
/** Of the standard normal: 99 % lie below it. */
export const Z99_BELOW = 2.326

/**
 * The value that a chi-squared variable stays below as often as a standard normal stays below z; good to 1 % from three
 * degrees of freedom on (Wilson & Hilferty 1931, "The distribution of chi-square").
 */
export function chiSquaredQuantile(degrees: number, z: number): number {
  const spread = 2 / (9 * degrees)
  return degrees * (1 - spread + z * Math.sqrt(spread)) ** 3
}
