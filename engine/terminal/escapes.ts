/**
 * Keeps escape sequences whole.
 *
 * A page that attaches gets the screen first and the stream from there on. If a sequence were cut in two at that
 * point, the page would show its second half as text.
 */

// The patterns are built from text, because the linter takes a control character in a literal for a mistake.
const CSI = '\\[[0-?]*[ -/]*'
const STRING = '[\\]PX^_][^\\u0007\\u001b]*'
const OTHER = '[ -/]+[0-~]|[0-OQ-WYZ\\\\`-~]'
const WHOLE = new RegExp(`\\u001b(?:${CSI}[@-~]|${STRING}(?:\\u0007|\\u001b\\\\)|${OTHER})`, 'y')
const BEGUN = new RegExp(`\\u001b(?:${CSI}|${STRING}\\u001b?|[ -/]*)$`, 'y')
const UNSEEN = new RegExp(`${WHOLE.source}|[\\u0000-\\u0008\\u000b-\\u001f]`, 'g')
/** Titles and links are shorter than this. A sequence without an end by then is passed on as it is. */
const LONGEST = 65_536

/** Holds back the beginning of a sequence until its end has come. A terminal shows nothing until then anyway. */
export class EscapeGuard {
  #held = ''

  /** @returns the text up to the last whole sequence */
  push(text: string): string {
    const all = this.#held + text
    const cut = beginningOfPart(all)
    const isTooLong = all.length - cut > LONGEST
    this.#held = isTooLong ? '' : all.slice(cut)
    return isTooLong ? all : all.slice(0, cut)
  }
}

function beginningOfPart(text: string): number {
  let at = text.indexOf('\u001b')
  while (at >= 0) {
    WHOLE.lastIndex = at
    BEGUN.lastIndex = at
    if (WHOLE.test(text)) at = WHOLE.lastIndex
    else if (BEGUN.test(text)) return at
    else at += 1
    at = text.indexOf('\u001b', at)
  }
  return text.length
}

/** The text without escape sequences and control characters, but with its line ends. */
export function plainText(text: string): string {
  return text.replace(UNSEEN, '')
}
