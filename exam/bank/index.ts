/** The bank: all items and templates, the problems in them, and what they cover. */
export {
  type Bank,
  bankOf,
  buildBank,
  everyItem,
  isProven,
  nameInFile,
  type ParsedBank,
  type Provable,
  provables,
  representatives,
  wholeItems,
} from './bank'
export { lintBank } from './lint'
export { type BankNumbers, bankNumbers, type EngineProofs, proofsByEngine } from './numbers'
export { bankStats } from './stats'
