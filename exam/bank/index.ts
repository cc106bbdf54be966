/** The bank: all items and templates, the problems in them, and what they cover. */
export {
  type Bank,
  bankOf,
  buildBank,
  everyItem,
  nameInFile,
  type ParsedBank,
  representatives,
  wholeItems,
} from './bank'
export { type LintReport, lintBank } from './lint'
export { type BankStats, bankStats } from './stats'
