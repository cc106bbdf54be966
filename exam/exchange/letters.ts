/** Letters that an author wrote before the options: "A) this", "(b) that". Options are shown in any order, so they mislead. */
import type { DraftOption } from './draft'
import { asBeginning } from './markdown'

const LETTER = /^(\(?)([A-Ja-j])([).])[ \t]+(?=\S)/

/** Null when not every option begins with its letter, in the same form. */
export function withoutLetters(options: readonly DraftOption[]): DraftOption[] | null {
  if (options.length < 2) return null
  const found = options.map(({ text }) => LETTER.exec(text))
  const [first] = found
  const isList = found.every(
    (one, place) =>
      one?.[1] === first?.[1] && one?.[3] === first?.[3] && one?.[2]?.toUpperCase() === letterAt(place),
  )
  if (!isList) return null
  return options.map((option, place) => ({
    ...option,
    text: asBeginning(option.text.slice(found[place]?.[0].length ?? 0)),
  }))
}

function letterAt(place: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + place)
}
