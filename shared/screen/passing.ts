/** Leaves out of a flood the lines that would only pass through the screen. */

/** A sequence that changes the look of what is printed from then on (SGR), and nothing else. */
const LOOK = '\\u001b\\[[0-9;:]*m'
const LOOKS = new RegExp(LOOK, 'g')
/** With these all looks begin again. */
const RESETS = ['\u001b[0m', '\u001b[m']
/** Anything but printable text, tabs, line ends and looks may mean something to the terminal, whatever comes after it. */
const CONTROL = new RegExp(
  `[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001a\\u001c-\\u001f\\u007f-\\u009f]|(?!${LOOK})\\u001b`,
  'g',
)
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
 * would have been gone from the scrollback before the end. Of the looks between them those are kept that still hold after
 * them. Every other stretch is kept as it is.
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

/** The first and the last lines of a stretch, with the looks that hold between them; both cuts are at the beginning of a line. */
function endsOf(stretch: string, first: number, last: number): string {
  if (stretch.length <= (first + last) * LINE_END.length) return stretch
  const head = afterLines(stretch, first)
  const tail = beforeLines(stretch, last)
  if (head < 0 || tail <= head) return stretch
  return stretch.slice(0, head) + looksOf(stretch.slice(head, tail)) + stretch.slice(tail)
}

/** The looks that a text leaves behind. */
function looksOf(text: string): string {
  const from = Math.max(0, ...RESETS.map((reset) => text.lastIndexOf(reset)))
  return text.slice(from).match(LOOKS)?.join('') ?? ''
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
