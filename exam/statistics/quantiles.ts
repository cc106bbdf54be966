/** Quantiles of the distributions that results and the linter use. */

/** The standard normal lies between minus and plus this value with 90 %, and below it with 95 %. */
export const Z90 = 1.645
/** The standard normal lies below this value with 99 %. */
export const Z99_BELOW = 2.326

/**
 * The value that a chi-squared variable is below as often as a standard normal is below z. It is good to 1 % from three
 * degrees of freedom on (Wilson & Hilferty 1931, "The distribution of chi-square").
 */
export function chiSquaredQuantile(degrees: number, z: number): number {
  const spread = 2 / (9 * degrees)
  return degrees * (1 - spread + z * Math.sqrt(spread)) ** 3
}
