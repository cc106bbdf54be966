/** How the parts of the linter tell what they find. */
import type { FileProblem } from '../../shared/files'
import type { Item } from '../format'

export interface Told {
  readonly message: string
  readonly help: string
  readonly severity?: FileProblem['severity']
}

/** @param key where in the item, as in its file */
export type Say = (item: Item, key: readonly PropertyKey[], told: Told) => void
