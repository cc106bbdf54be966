/** Texts of files, read in one way: without a byte order mark, with "\n" at the end of lines, and nothing invisible. */
import type { FileProblem } from './problem'

/** Every control character but tab and line feed, and halves of characters. A terminal or a page might obey them. */
const UNSEEN = /[^\P{Cc}\t\n]|\p{Cs}/u

/** The text as it is used, whichever system it was written on. */
export function normalized(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n')
}

/** Where the text has a character that nobody sees, or null. */
export function unseenCharacter(text: string): { readonly offset: number; readonly name: string } | null {
  const found = UNSEEN.exec(text)
  if (!found) return null
  const code = found[0].codePointAt(0) ?? 0
  return { offset: found.index, name: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` }
}

/** The problem of a text with a character that nobody sees, or null. */
export function unseenProblem(file: string, text: string): FileProblem | null {
  const unseen = unseenCharacter(text)
  if (!unseen) return null
  const before = text.slice(0, unseen.offset).split('\n')
  return {
    file,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    message: `The control character ${unseen.name} is not allowed here.`,
    help: 'Remove it.',
    severity: 'error',
  }
}
