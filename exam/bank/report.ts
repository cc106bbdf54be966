/** How the parts of the linter report what they find. */
import type { FileProblem } from '../../shared/files'
import type { Item } from '../format'

export interface Finding {
  readonly message: string
  readonly help: string
  /** The default is an error. */
  readonly severity?: FileProblem['severity']
}

/** @param key the place in the item, as in its file */
export type Report = (item: Item, key: readonly PropertyKey[], finding: Finding) => void
