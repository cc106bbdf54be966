/** For the tests in TypeScript. */
export const BUILT: readonly string[]
