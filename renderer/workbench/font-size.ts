/** The size of the text after a key. The function is pure. */

interface Press {
  readonly key: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

interface Sizes {
  readonly smallest: number
  readonly usual: number
  readonly largest: number
}

/** @returns null for a key that is about something else */
export function fontSizeAfter(
  { key, ctrlKey, metaKey, altKey }: Press,
  now: number,
  { smallest, usual, largest }: Sizes,
): number | null {
  if (ctrlKey === metaKey || altKey) return null
  if (key === '0') return usual
  // Plus needs Shift on many keyboards, and people press the key without it.
  if (key === '+' || key === '=') return Math.min(now + 1, largest)
  if (key === '-' || key === '_') return Math.max(now - 1, smallest)
  return null
}
