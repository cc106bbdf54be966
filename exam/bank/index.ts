/** The bank: all items and templates, with what is wrong with them and what they cover. */
export { type Bank, bankOf, buildBank, itemsById, nameInFile, representatives } from './bank'
export { type LintReport, lintBank } from './lint'
export { type BankStats, bankStats } from './stats'
