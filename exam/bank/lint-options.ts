/** Checks of options: they must not give the answer away, and each must make sense alone. */
import { type Item, type ItemOption, speaksOfOthers } from '../format'
import type { Report } from './report'
import { longWords, rightOf, whyPlaces, wrongOf } from './texts'

/** A key that is this much longer than every distractor is picked for its length. */
const LONGEST_RATIO = 1.4
const LONGEST_FROM = 45

/** Words that leave no exception. Even people who know nothing about Docker know that such claims are seldom right. */
const ABSOLUTE = /\b(always|never|completely|absolutely|entirely|totally|under no circumstances)\b/i

/**
 * The clues that guidelines for item writers name: length, determiners such as "always", grammar, and words of the
 * stem that come back in the key (Haladyna, Downing & Rodriguez 2002, "A review of multiple-choice item-writing
 * guidelines for classroom assessment", guidelines 23, 24 and 28).
 */
export function lintOptions(item: Item, report: Report): void {
  for (const [index, option] of item.options.entries()) lintOption(item, { option, index }, report)
  lintLength(item, report)
  lintAbsolutes(item, report)
  lintArticle(item, report)
  lintEcho(item, report)
}

function lintOption(
  item: Item,
  { option, index }: { readonly option: ItemOption; readonly index: number },
  report: Report,
): void {
  if (!option.right && !option.why)
    report(item, ['options', index], {
      message: 'This wrong option does not say why it is wrong.',
      help: 'Add why: the misconception it stands for, corrected.',
    })
  if (speaksOfOthers(option.text))
    report(item, ['options', index], {
      message: 'This option speaks of the others.',
      help: 'Options are shown one at a time: make it a claim of its own.',
    })
}

function lintLength(item: Item, report: Report): void {
  const key = Math.min(...rightOf(item).map(({ length }) => length))
  const longest = Math.max(...wrongOf(item).map(({ length }) => length))
  if (key > LONGEST_FROM && key > longest * LONGEST_RATIO)
    report(item, ['options'], {
      message: 'What is right is by far the longest.',
      help: 'Shorten it, or let the wrong ones say as much.',
      severity: 'warning',
    })
}

/** One absolute claim may be the misconception itself. Two or more, with none of them right, are a clue. */
function lintAbsolutes(item: Item, report: Report): void {
  const wrong = wrongOf(item).filter((text) => ABSOLUTE.test(text)).length
  if (wrong >= 2 && !rightOf(item).some((text) => ABSOLUTE.test(text)))
    report(item, ['options'], {
      message: `${wrong} wrong options say always, never or the like, and no right one does.`,
      help: 'Say what they claim without the absolute word, or give one to a right option.',
      severity: 'warning',
    })
}

/** A stem that ends in "a" or "an" fits only the options that begin with the right sound. */
function lintArticle(item: Item, report: Report): void {
  const article = /\b(an?)\s*(?:…|\.\.\.|_+|:)?\s*$/i.exec(item.stem)?.[1]?.toLowerCase()
  if (!article) return
  const fits = (text: string) => /^[`'"(]*[aeiou]/i.test(text) === (article === 'an')
  if (rightOf(item).every(fits) && !wrongOf(item).some(fits))
    report(item, ['stem'], {
      message: `The stem ends in "${article}", which only what is right goes on from.`,
      help: 'Put the article into the options.',
      severity: 'warning',
    })
}

/** A key that alone repeats so many words of the stem is picked without reading further. */
const ECHO_WORDS = 2
const ECHO_LETTERS = 6

/** Words in code do not count, because they must be spelt as they are. */
function lintEcho(item: Item, report: Report): void {
  if (item.kind !== 'choice') return
  const [key = ''] = rightOf(item)
  const wrong = new Set(wrongOf(item).flatMap((text) => longWords(text, ECHO_LETTERS)))
  const inKey = new Set(longWords(key, ECHO_LETTERS))
  const echo = [...new Set(longWords(item.stem, ECHO_LETTERS))].filter(
    (word) => inKey.has(word) && !wrong.has(word),
  )
  if (echo.length >= ECHO_WORDS)
    report(item, ['options'], {
      message: `Only the key repeats words of the stem: ${echo.join(', ')}.`,
      help: 'Say it in other words, or let a wrong option repeat them too.',
      severity: 'warning',
    })
}

/** A reason that fits two options corrects the misconception of neither. */
export function lintEqualWhys(item: Item, report: Report): void {
  const places = whyPlaces(item)
  const whys = places.map(({ text }) => text.replace(/\s+/g, ' ').trim().toLowerCase())
  places.forEach(({ key }, index) => {
    const why = whys[index] ?? ''
    if (whys.indexOf(why) < index)
      report(item, key, {
        message: `Another ${NAMES_OF_PARTS[item.kind]} of this item has the same why.`,
        help: 'Correct the misconception of exactly this one.',
        severity: 'warning',
      })
  })
}

const NAMES_OF_PARTS: Readonly<Record<Item['kind'], string>> = {
  choice: 'option',
  multiple: 'option',
  matching: 'pair or extra',
  ordering: 'entry',
  command: 'mistake',
}
