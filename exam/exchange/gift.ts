/** Moodle's GIFT (docs.moodle.org, "GIFT format"). */
import type { Item } from '../format'
import {
  categoryOf,
  type Draft,
  type DraftOption,
  description,
  fromTags,
  gathered,
  kindOf,
  leftOut,
  lostOf,
  type ReadQuestion,
  type ReadResult,
  readAlone,
  refusedAt,
  tagsOf,
  trueFalse,
  type WriteResult,
} from './draft'
import { stemWithExhibits } from './exhibits'
import { type GiftBlock, giftBlocks } from './gift-blocks'
import { type GiftBody, type GiftQuestion, type GiftText, giftQuestion } from './gift-parts'
import { keyOf, Refused } from './key'
import { type DraftAnswer, hasMarkup, matchingOf, pairsOf, plainRight } from './parts'
import { Texts } from './texts'

/** A longer question is broken; characters. */
const LONGEST_QUESTION = 100_000
/** Comments may stand before it. */
const CATEGORY = /^(?:[ \t]*\/\/.*\n)*\s*\$CATEGORY:[ \t]*(.*)$/

/** Reads each question by itself. A category counts for the questions after it. */
export function readGift(text: string, file: string): ReadResult {
  let category: string | null = null
  return gathered(
    giftBlocks(text).flatMap((block) =>
      readAlone(file, block.line, () => {
        const named = CATEGORY.exec(block.text.trimEnd())
        if (!named) return [readBlock(block, { file, category })]
        category = categoryOf(named[1] ?? '')
        return []
      }),
    ),
  )
}

interface Place {
  readonly file: string
  readonly category: string | null
}

function readBlock({ text, line }: GiftBlock, { file, category }: Place): ReadQuestion {
  if (text.length > LONGEST_QUESTION)
    throw new Refused('This question is too long.', 'Divide questions by blank lines.')
  const question = giftQuestion(text)
  const { body } = question
  if (body.type === 'other' && body.name === 'description') return withoutQuestion(question, { file, line })
  const texts = new Texts()
  const answer = answerOf(body, texts)
  if (!answer) {
    const message = `A question of the type ${body.type === 'other' ? body.name : body.type} has no options to choose from.`
    return refusedAt(file, line, {
      message,
      help: 'Left out; rewrite it as multiple choice.',
      severity: 'warning',
    })
  }
  return {
    draft: { line, category, ...draftOf(question, { answer, texts }), lost: texts.lost },
    problems: [],
  }
}

/** A text to read, or a question whose braces were forgotten. */
function withoutQuestion(
  { stem }: GiftQuestion,
  { file, line }: { file: string; line: number },
): ReadQuestion {
  const answers = stem.text.split('\n').filter((one) => /^\s*[=~]/.test(one))
  if (answers.length > 1)
    throw new Refused(
      'This question has answers without braces.',
      'Write "{" before them and "}" after them.',
    )
  return refusedAt(file, line, description())
}

/** Null for a question that has nothing to choose from. @throws Refused when the points do not tell one key */
function answerOf(body: GiftBody, texts: Texts): DraftAnswer | null {
  if (body.type === 'matching') return matching(body, texts)
  const options = optionsOf(body, texts)
  return options && { kind: kindOf(options), options }
}

/** A pair without a left side is an option that belongs to nothing. Right sides are plain text. */
function matching({ pairs }: Extract<GiftBody, { readonly type: 'matching' }>, texts: Texts): DraftAnswer {
  const taken = pairs.map(({ left, right }) => ({
    left: texts.take(left.text, left.format),
    right: texts.take(right, 'plain'),
  }))
  return matchingOf(
    taken.filter(({ left }) => left !== ''),
    taken.filter(({ left }) => left === '').map(({ right }) => right),
  )
}

/** Null for a question that has no options. @throws Refused when the points do not tell one key */
function optionsOf(body: GiftBody, texts: Texts): readonly DraftOption[] | null {
  const textOf = ({ text, format }: GiftText) => texts.take(text, format)
  if (body.type === 'true-false') {
    const whys = [
      body.isTrue ? body.whenRight : body.whenWrong,
      body.isTrue ? body.whenWrong : body.whenRight,
    ]
    return trueFalse(body.isTrue, {
      whenTrue: whys[0] ? textOf(whys[0]) : null,
      whenFalse: whys[1] ? textOf(whys[1]) : null,
    })
  }
  if (body.type !== 'choice') return null
  const { right, lost } = keyOf(
    body.answers.map(({ points }) => points),
    body.isSingle,
  )
  if (lost) texts.lose(lost)
  const shown = texts.takeDifferent(body.answers.map(({ text }) => text))
  return body.answers.map(({ feedback }, index) => ({
    text: shown[index] ?? '',
    right: right[index] ?? false,
    why: feedback ? textOf(feedback) || null : null,
  }))
}

function draftOf(
  { title, marks, stem, explanation }: GiftQuestion,
  { answer, texts }: { readonly answer: DraftAnswer; readonly texts: Texts },
): Omit<Draft, 'line' | 'category' | 'lost'> {
  const valuesOf = (name: string) => marks.filter((mark) => mark.name === name).map(({ value }) => value)
  return {
    id: valuesOf('id')[0] ?? title,
    ...answer,
    stem: texts.take(stem.text, stem.format),
    explanation: explanation ? texts.take(explanation.text, explanation.format) || null : null,
    ...fromTags(valuesOf('tag')),
  }
}

export function writeGift(items: readonly Item[]): WriteResult<string> {
  const fitting = items.filter((item) => !holdsArrow(item))
  return {
    content: `${fitting.map(question).join('\n\n')}\n`,
    lost: items.flatMap((item) =>
      holdsArrow(item) ? leftOut(item, 'a left side has "->"') : lostOf(item, lostParts(item)),
    ),
  }
}

/** GIFT has no way to write "->" in a left side. */
function holdsArrow({ prompts }: Item): boolean {
  return prompts.some(({ text }) => text.includes('->'))
}

function lostParts(item: Item): ('why of parts' | 'markup')[] {
  if (item.kind !== 'matching') return []
  return hasMarkup(item) ? ['why of parts', 'markup'] : ['why of parts']
}

function question(item: Item): string {
  const { id, explanation } = item
  const tags = tagsOf(item).map((tag) => ` [tag:${tag}]`)
  const lines = item.kind === 'matching' ? pairLines(item) : optionLines(item)
  return [
    `// [id:${id}]${tags.join('')}`,
    `::${escaped(id)}::[markdown]${escaped(stemWithExhibits(item))}{`,
    ...lines,
    `####${escaped(explanation.trim())}`,
    '}',
  ].join('\n')
}

function optionLines(item: Item): string[] {
  return item.options.map(
    ({ text, right, why }) =>
      `${mark(item, { right, text })}${escaped(text)}${why ? `#${escaped(why)}` : ''}`,
  )
}

function pairLines(item: Item): string[] {
  const { pairs, extras } = pairsOf(item)
  return [...pairs, ...extras.map((right) => ({ left: '', right }))].map(
    ({ left, right }) => `=${escaped(left)} -> ${escaped(plainRight(right))}`,
  )
}

/**
 * A single right answer is marked. Several share the points, and then a wrong answer takes some away. A text that begins
 * as points do gets its points before it, so that it is not read as points.
 */
function mark({ kind, options }: Item, { right, text }: { right: boolean; text: string }): string {
  if (kind === 'choice' && right) return text.startsWith('%100%') ? '=%100%' : '='
  if (kind === 'choice') return text.startsWith('%') ? '~%0%' : '~'
  const count = options.filter((option) => option.right === right).length
  const percent = Number((100 / count).toFixed(5))
  return `~%${right ? percent : -percent}%`
}

function escaped(text: string): string {
  return text.replace(/[\\~=#{}:]/g, '\\$&').replace(/\n/g, '\\n')
}
