/** Everything that Capstan knows of the student: exported to another machine, imported from one, and reset. */
export { transferHandlers } from './handlers'
export { type TransferOptions, TransferService } from './transfer'
