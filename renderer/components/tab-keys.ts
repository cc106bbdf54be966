/** The keys that choose a tab from within its panel. The function is pure. */

interface Press {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
}

/**
 * Alt with a digit is the tab of that number; Ctrl+PgUp and Ctrl+PgDn go to the tab before and after, in a circle. A
 * browser keeps the latter for its own tabs, the desktop app does not.
 * @returns the index of the tab, or null for a key that is about something else
 */
export function tabAfter(press: Press, now: number, count: number): number | null {
  const { key, code, ctrlKey, shiftKey, metaKey, altKey } = press
  if (count === 0 || metaKey || shiftKey) return null
  const [, digit] = /^Digit([1-9])$/.exec(code) ?? []
  if (altKey && !ctrlKey && digit) return Number(digit) <= count ? Number(digit) - 1 : null
  if (!ctrlKey || altKey) return null
  if (key === 'PageDown') return (now + 1) % count
  return key === 'PageUp' ? (Math.max(now, 0) + count - 1) % count : null
}
