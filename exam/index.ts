/** The exam layer's front door: what main/ may use of it. Pure: no Docker, no disk, no window. */
export { type Attempt, AttemptEvent, apply, fold, shownOption, timeLeft } from './attempt'
export { type Bank, type BankStats, bankStats, buildBank, lintBank } from './bank'
export { type Blueprint, parseBlueprint } from './blueprint'
export { AssemblyError, assembleForm, Form } from './form'
export { type Item, type QuestionText, questionsJsonSchema } from './format'
export { type Result, score } from './score'
