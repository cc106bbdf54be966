/** Lets a writer write the kinds of items that its format has, and tells the others as lost. */
import type { Item, ItemKind } from '../format'
import { leftOut, type WriteResult } from './draft'
import type { PicturesOf } from './pictures'

type Write = (items: readonly Item[], picturesOf?: PicturesOf) => WriteResult

export function ofKinds(kinds: readonly ItemKind[], write: Write): Write {
  return (items, picturesOf) => {
    const { content, lost } = write(
      items.filter(({ kind }) => kinds.includes(kind)),
      picturesOf,
    )
    const others = items.filter(({ kind }) => !kinds.includes(kind))
    return { content, lost: [...lost, ...others.map((item) => leftOut(item, NAMES[item.kind]))] }
  }
}

const NAMES: Readonly<Record<ItemKind, string>> = {
  choice: 'the format has no choices',
  multiple: 'the format has no questions with several answers',
  matching: 'the format has no matching',
  ordering: 'the format has no ordering',
  command: 'a command is run on a node, and only Capstan does that',
}
