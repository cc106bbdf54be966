/** Texts that the parser of Markdown would need too long for, or its whole stack. They are shown as they are. */

/** Characters: more than ten times the longest text of a step. */
const LONGEST_TEXT = 32 * 1024
/** Characters between two blank lines: the parser's time grows with the square of these. */
const LONGEST_BLOCK = 2 * 1024
/** Quotes in quotes. */
const DEEPEST_QUOTE = 16
/** Cells of all tables. The parser fills every line up to the widest one. */
const MOST_CELLS = 2_000

/** True for a text that is not worth its time: no text that is meant to be read comes near to these limits. */
export function isTooIntricate(text: string): boolean {
  if (text.length > LONGEST_TEXT) return true
  const blocks = text.split(/\n[ \t>]*\n/)
  if (blocks.some((block) => block.length > LONGEST_BLOCK)) return true
  const cells = blocks.reduce((sum, block) => sum + cellsOf(block.split('\n')), 0)
  return cells > MOST_CELLS || text.split('\n').some(isQuoteTooDeep)
}

function cellsOf(lines: readonly string[]): number {
  return Math.max(...lines.map((line) => count(line, '|'))) * lines.length
}

function isQuoteTooDeep(line: string): boolean {
  return /^[\s>*+-]*>/.test(line) && count(line, '>') > DEEPEST_QUOTE
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}
