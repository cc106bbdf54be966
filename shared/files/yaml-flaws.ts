/** Finds what YAML allows and no file of ours may have: a key twice, keys that are no texts, invisible characters. */
import { type Document, isMap, isScalar, type Pair, visit } from 'yaml'
import { unseenCharacter } from './plain-text'

export interface ValueFlaw {
  readonly offset: number
  readonly message: string
  readonly help: string
}

/** The flaws in the values of a document that was parsed without errors. */
export function flawsOfValues(document: Document): ValueFlaw[] {
  const flaws: ValueFlaw[] = []
  visit(document, {
    Map: (_key, { items }) => void flaws.push(...flawsOfKeys(items)),
    Scalar: (_key, { value, range }) => {
      const offset = range?.[0] ?? 0
      const unseen = typeof value === 'string' ? unseenCharacter(value) : null
      if (unseen)
        flaws.push({
          offset,
          message: `This value has the control character ${unseen.name}.`,
          help: 'Remove it.',
        })
    },
  })
  return flaws
}

function flawsOfKeys(items: readonly Pair[]): ValueFlaw[] {
  const seen = new Set<string>()
  return items.flatMap(({ key, value }) => {
    if (!isScalar(key)) {
      const offset = isMap(value) ? (value.range?.[0] ?? 0) : 0
      return [
        {
          offset,
          message: 'A key that is not a text is not used here.',
          help: 'Write a text before the colon.',
        },
      ]
    }
    const name = String(key.value)
    const isTwice = seen.has(name)
    seen.add(name)
    const help = 'Remove one of the two.'
    return isTwice ? [{ offset: key.range?.[0] ?? 0, message: 'This key is here twice.', help }] : []
  })
}
