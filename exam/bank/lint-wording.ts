/** Checks of the words of an item: plain English, and no question for the best of several options. */
import type { Item } from '../format'
import { UNPLAIN } from './plain-english'
import type { Report } from './report'
import { placesOf, withoutCode } from './texts'

/** Words that rank options against each other. "At least", "least privilege" and "first" of a sequence do not. */
const SUPERLATIVE =
  /\b(?:(?<!at )best|most (?:likely|suitable|appropriate|useful)|most[.?]|(?<!at )least (?!privilege|one\b|two\b|\d)|usual(?:ly)?|natural(?:ly)?|easiest|simplest|fits best)\b|(?:look at|do|try|check) first\b|\bwhich (?:\w+ )?fits\b/i

/** An item may be delivered option by option, and then no option can be compared with the others. */
export function lintSuperlatives(item: Item, report: Report): void {
  const found = SUPERLATIVE.exec(withoutCode(item.stem))?.[0]
  if (found)
    report(item, ['stem'], {
      message: `"${found.trim()}" compares the options, and they may be shown one at a time.`,
      help: 'Ask for something that each option meets or misses by itself.',
      severity: 'warning',
    })
}

/** Reports each place that is not written in plain exam English. Code does not count. */
export function lintEnglish(item: Item, report: Report): void {
  for (const { key, text } of placesOf(item)) {
    const plain = withoutCode(text)
    for (const { words, instead } of UNPLAIN) {
      const found = words.exec(plain)?.[0]
      if (found)
        report(item, key, {
          message: `"${found.replace(/\s+/g, ' ').replace(/^, /, '')}" is no plain exam English.`,
          help: `Write ${instead}.`,
          severity: 'warning',
        })
    }
  }
}
