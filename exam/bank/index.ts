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
export { lintBank } from './lint'
export { bankStats } from './stats'
