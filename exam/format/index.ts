/** The question format: schema, reader, templates. */
export type { Difficulty, Item, ItemHead, ItemOption } from './item'
export { speaksOfOthers, textsDiffer } from './options'
export { type ParsedQuestions, type ParsedTemplate, parseQuestions, type QuestionText } from './parse'
export { Exhibit, questionsJsonSchema } from './schema'
export { holdsFor, isVersionRange, rangeInWords } from './versions'
