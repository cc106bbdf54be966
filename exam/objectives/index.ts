/** What each objective asks in plain words, with a cheat sheet of its commands. */
export { lintSheets, type ParsedSheets, parseSheets, type SheetText } from './parse'
export type { ObjectiveSheet } from './schema'
