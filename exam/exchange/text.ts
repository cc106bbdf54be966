/** The texts of foreign files. */

/** Removes the byte order mark, and ends lines of all systems with a newline. */
export function plainLines(text: string): string {
  return text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
}

/** A character that no page can show, half of one, or the mark of one that was lost; null when there is none. */
export function oddCharacter(text: string): string | null {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const found = /[\u0000-\u0008\u000b-\u001f\u007f\ufffd-\uffff]|\p{Surrogate}/u.exec(text)
  if (!found) return null
  return `U+${(found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}
