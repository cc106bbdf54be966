/** For the tests in TypeScript. */
export const PARTS: Readonly<Record<string, () => Promise<unknown>>>
