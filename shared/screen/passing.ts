/** Leaves out of a flood the lines that would only pass through the screen. */

/** Anything but printable text, tabs and line ends may mean something to the terminal, whatever comes after it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g
const LINE_END = '\r\n'

export interface ScreenSize {
  /** Lines that are seen. */
  readonly rows: number
  /** Lines that are kept above them. */
  readonly scrollback: number
}

/**
 * A text that leaves a terminal as the whole one would. Of a stretch of plain lines it keeps the first, which bring
 * the cursor to the bottom wherever it was, and the last, which fill screen and scrollback; what is between them
 * would have been gone from the scrollback before the end. Every other stretch is kept as it is.
 */
export function withoutPassing(text: string, { rows, scrollback }: ScreenSize): string {
  const kept = rows + scrollback
  if (text.length <= (rows + kept) * LINE_END.length) return text
  const parts: string[] = []
  let from = 0
  for (const { index } of text.matchAll(CONTROL)) {
    parts.push(endsOf(text.slice(from, index), rows, kept), text.charAt(index))
    from = index + 1
  }
  parts.push(endsOf(text.slice(from), rows, kept))
  return parts.join('')
}

/** The first and the last lines of a stretch; both cuts are at the beginning of a line. */
function endsOf(stretch: string, first: number, last: number): string {
  if (stretch.length <= (first + last) * LINE_END.length) return stretch
  const head = afterLines(stretch, first)
  const tail = beforeLines(stretch, last)
  return head < 0 || tail <= head ? stretch : stretch.slice(0, head) + stretch.slice(tail)
}

/** Where the text goes on after so many line ends; -1 when it has fewer. */
function afterLines(text: string, count: number): number {
  let at = 0
  for (let line = 0; line < count; line++) {
    const end = text.indexOf(LINE_END, at)
    if (end < 0) return -1
    at = end + LINE_END.length
  }
  return at
}

/** Where the last so many lines begin, not counting one that has no end yet; -1 when it has fewer. */
function beforeLines(text: string, count: number): number {
  let at = text.length
  for (let line = 0; line <= count; line++) {
    at = text.lastIndexOf(LINE_END, at - 1)
    if (at < 0) return -1
  }
  return at + LINE_END.length
}
