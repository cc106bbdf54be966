/** A line of text. The parts between backticks are shown as code, or without backticks where there is room for words alone. */

interface Props {
  readonly text: string
}

export function InlineCode({ text }: Props) {
  const parts = text.split(/(`[^`]+`)/).map((part, index) => ({ part, place: `${index}:${part}` }))
  return parts.map(({ part, place }) =>
    part.startsWith('`') && part.length > 2 ? <code key={place}>{part.slice(1, -1)}</code> : part,
  )
}

/** The text for the names of buttons and for titles. */
export function plain(text: string): string {
  return text.replaceAll('`', '')
}
