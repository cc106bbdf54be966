/**
 * Keeps escape sequences whole.
 *
 * A page that attaches gets the screen first and the stream from there on. Were a sequence cut in two at that
 * point, the page would show its second half as text.
 */

// Built from text: a control character written out in a pattern is usually a slip, and the linter says so.
const CSI = '\\[[0-?]*[ -/]*'
const STRING = '[\\]PX^_][^\\u0007\\u001b]*'
const OTHER = '[ -/]+[0-~]|[0-OQ-WYZ\\\\`-~]'
const WHOLE = new RegExp(`\\u001b(?:${CSI}[@-~]|${STRING}(?:\\u0007|\\u001b\\\\)|${OTHER})`, 'y')
const BEGUN = new RegExp(`\\u001b(?:${CSI}|${STRING}\\u001b?|[ -/]*)$`, 'y')
const UNSEEN = new RegExp(`${WHOLE.source}|[\\u0000-\\u0008\\u000b-\\u001f]`, 'g')
/** Titles and links are shorter; what has no end by then is let go as it is. */
const LONGEST = 65_536

/** Holds back the beginning of a sequence until its end has come. It shows nothing until then anyway. */
export class EscapeGuard {
  #held = ''

  /** @returns what is whole */
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
