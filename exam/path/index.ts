/** Paths: orders of labs, drills and exams with their prerequisites. */
export { lintPaths, type PathLintOptions } from './lint'
export { type ParsedPath, type PathText, parsePath } from './parse'
export type { LearningPath, PathStep } from './schema'
