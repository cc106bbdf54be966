/** Lets a writer write choices, and tells the items of other types as lost. */
import { type Item, type ItemKind, isOfExam } from '../format'
import type { WriteResult } from './draft'
import type { PicturesOf } from './pictures'

type Write = (items: readonly Item[], picturesOf?: PicturesOf) => WriteResult

export function choicesOnly(write: Write): Write {
  return (items, picturesOf) => {
    const { content, lost } = write(items.filter(isOfExam), picturesOf)
    const others = items.filter((item) => !isOfExam(item))
    return { content, lost: [...lost, ...others.map((item) => wholeLost(item))] }
  }
}

/** An item of which nothing can be written. */
export function wholeLost({ id, kind }: Pick<Item, 'id' | 'kind'>): WriteResult['lost'][number] {
  return { id, parts: [`the whole item, because ${NAMES[kind]}`] }
}

const NAMES: Readonly<Record<ItemKind, string>> = {
  choice: 'the format has no choices',
  multiple: 'the format has no questions with several answers',
  matching: 'the format has no matching',
  ordering: 'the format has no ordering',
  command: 'a command is run on a node, and only Capstan does that',
}
