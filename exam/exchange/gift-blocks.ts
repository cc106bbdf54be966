/**
 * The questions of a GIFT file, each with its line. They are divided by blank lines outside of braces. A category, and a
 * title after a closed brace, begin a block of their own too: people forget the blank line there.
 */

export interface GiftBlock {
  readonly text: string
  /** The line of the file in which it begins. */
  readonly line: number
}

/**
 * Divides a file. A brace that is never closed ends with its paragraph, so that a broken question takes no other with it.
 */
export function giftBlocks(text: string): GiftBlock[] {
  const lines = text.split('\n')
  const blocks: GiftBlock[] = []
  for (let start = 0; start < lines.length; ) {
    if (lines[start]?.trim() === '') start++
    else {
      const end = blockEnd(lines, start)
      const own = lines.slice(start, end)
      if (!own.every(isComment)) blocks.push({ text: textOf(own), line: start + 1 })
      start = end
    }
  }
  return blocks
}

/** The parser takes every blank line for the end of a question. */
function textOf(lines: readonly string[]): string {
  return `${lines.filter((line) => line.trim() !== '').join('\n')}\n`
}

const CATEGORY = /^\s*\$CATEGORY:/
const TITLE = /^\s*::/
/** Lines of comments before a question. */
const MOST_COMMENTS = 20

/** The index after the last line of the block. */
function blockEnd(lines: readonly string[], start: number): number {
  let isOpen = false
  let hasClosed = false
  let firstBlank: number | null = null
  for (let at = start; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (!isOpen && at > start && beginsBlock(lines, at, hasClosed)) return at
    if (!isOpen && CATEGORY.test(line)) return at + 1
    if (line.trim() === '') {
      if (!isOpen) return at
      firstBlank ??= at
    } else if (!isComment(line)) {
      const after = braces(line, isOpen)
      // A second opening brace: the first one was never closed.
      if (after === 'twice' && firstBlank !== null) return firstBlank
      isOpen = after !== 'closed'
      hasClosed ||= !isOpen && /(?<!\\)\}/.test(line)
      if (!isOpen && firstBlank !== null) firstBlank = null
    }
  }
  return isOpen && firstBlank !== null ? firstBlank : lines.length
}

/** Whether a category begins here, or the next question, with the comments that are said of it. */
function beginsBlock(lines: readonly string[], at: number, hasClosed: boolean): boolean {
  const next = lines.slice(at, at + MOST_COMMENTS).findIndex((line) => !isComment(line))
  const line = lines[at + next] ?? ''
  if (next < 0) return false
  return CATEGORY.test(line) ? next === 0 || hasClosed : hasClosed && TITLE.test(line)
}

/** Whether a brace is open after the line. A backslash takes the meaning from the next character. */
function braces(line: string, isOpen: boolean): 'open' | 'closed' | 'twice' {
  let open = isOpen
  for (let at = 0; at < line.length; at++) {
    if (line[at] === '\\') at++
    else if (line[at] === '{') {
      if (open) return 'twice'
      open = true
    } else if (line[at] === '}') open = false
  }
  return open ? 'open' : 'closed'
}

function isComment(line: string): boolean {
  return line.trimStart().startsWith('//')
}
