/** The exam layer's front door: what main/ may use of it. Pure: no Docker, no disk, no window. */
export { type Bank, type BankStats, bankStats, buildBank, lintBank } from './bank'
export { type Blueprint, parseBlueprint } from './blueprint'
export { type Item, type QuestionText, questionsJsonSchema } from './format'
