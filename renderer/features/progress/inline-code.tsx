/** A line of text in which backticks mark code. */
export function InlineCode({ text }: { readonly text: string }) {
  const parts = text.split('`').map((part, place) => ({ part, place, isCode: place % 2 === 1 }))
  return parts.map(({ part, place, isCode }) =>
    isCode ? <code key={place}>{part}</code> : <span key={place}>{part}</span>,
  )
}
