/** The question format: schema, reader, templates. */
export { type Difficulty, type Item, type ItemHead, type ItemOption, type ItemPrompt, isOfExam } from './item'
export { speaksOfOthers, textsDiffer } from './options'
export { type ParsedQuestions, type ParsedTemplate, parseQuestions, type QuestionText } from './parse'
export { Exhibit, ItemCommand, ItemKind, questionsJsonSchema } from './schema'
export { holdsFor, isVersionRange, rangeInWords } from './versions'
