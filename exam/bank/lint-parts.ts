/** Checks of matchings and orderings: nothing may give a place away, and each place has its reason. */
import { type Item, speaksOfOthers } from '../format'
import type { Report } from './report'
import { longWords, optionPlace } from './texts'

export function lintParts(item: Item, report: Report): void {
  item.options.forEach((_option, index) => {
    lintOption(item, index, report)
  })
  lintPrompts(item, report)
  if (item.kind === 'matching') lintLastPrompt(item, report)
}

/** A number or such a word tells the place of an entry, whatever it says. */
const PLACE =
  /^(?:\W*)(?:\d+[.):]|(?:first|second|third|fourth|fifth|then|next|afterwards|finally|lastly|last)\b)/i

function lintOption(item: Item, index: number, report: Report): void {
  const { kind } = item
  const { text = '', why = null, right = false } = item.options[index] ?? {}
  const place = optionPlace(item, index)
  // The reason of an option that is right in a matching is that of its pair.
  const needsWhy = kind === 'ordering' || !right
  if (needsWhy && why === null)
    report(item, place, {
      message:
        kind === 'ordering' ? 'This entry does not say why it is there.' : 'This extra does not say why.',
      help: kind === 'ordering' ? 'Add why: what needs it here.' : 'Add why: it belongs to no prompt.',
    })
  if (kind === 'ordering' && PLACE.test(text))
    report(item, place, {
      message: 'The first word of this entry tells its place.',
      help: 'Leave the word or the number out.',
      severity: 'warning',
    })
  if (speaksOfOthers(text))
    report(item, place, {
      message: 'This option speaks of the others.',
      help: 'Make it a text that stands alone.',
    })
}

/** A prompt that alone shares so many words with its option is matched without reading further. */
const ECHO_WORDS = 2
const ECHO_LETTERS = 6

function lintPrompts(item: Item, report: Report): void {
  for (const [index, { text, option, why }] of item.prompts.entries()) {
    if (why === null)
      report(item, ['pairs', index], {
        message: 'This pair does not say why.',
        help: 'Add why: what makes them belong together.',
      })
    const own = longWords(item.options.find(({ id }) => id === option)?.text ?? '', ECHO_LETTERS)
    const others = new Set(
      item.options.filter(({ id }) => id !== option).flatMap((one) => longWords(one.text, ECHO_LETTERS)),
    )
    const echo = [...new Set(longWords(text, ECHO_LETTERS))].filter(
      (word) => own.includes(word) && !others.has(word),
    )
    if (echo.length >= ECHO_WORDS)
      report(item, ['pairs', index, 'right'], {
        message: `Only this right side repeats words of its left side: ${echo.join(', ')}.`,
        help: 'Say it in other words, or let another right side repeat them too.',
        severity: 'warning',
      })
  }
}

/** When each option belongs to exactly one prompt, the last prompt is answered without knowing it. */
function lintLastPrompt(item: Item, report: Report): void {
  if (item.options.length !== item.prompts.length) return
  if (item.options.some(({ right }) => !right)) return
  report(item, ['pairs'], {
    message: 'Whoever knows all pairs but one knows the last one too.',
    help: 'Add extras, or let two pairs have the same right side.',
    severity: 'warning',
  })
}
