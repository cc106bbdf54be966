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
  const options = optionsOf(body, texts)
  if (!options) {
    const message = `A question of the type ${body.type === 'other' ? body.name : body.type} has no options to choose from.`
    return refusedAt(file, line, {
      message,
      help: 'Left out; rewrite it as multiple choice.',
      severity: 'warning',
    })
  }
  return {
    draft: { line, category, ...draftOf(question, { options, texts }), lost: texts.lost },
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
  { options, texts }: { readonly options: readonly DraftOption[]; readonly texts: Texts },
): Omit<Draft, 'line' | 'category' | 'lost'> {
  const valuesOf = (name: string) => marks.filter((mark) => mark.name === name).map(({ value }) => value)
  return {
    id: valuesOf('id')[0] ?? title,
    kind: kindOf(options),
    stem: texts.take(stem.text, stem.format),
    options,
    explanation: explanation ? texts.take(explanation.text, explanation.format) || null : null,
    ...fromTags(valuesOf('tag')),
  }
}

export function writeGift(items: readonly Item[]): WriteResult<string> {
  return { content: `${items.map(question).join('\n\n')}\n`, lost: items.flatMap((item) => lostOf(item)) }
}

function question(item: Item): string {
  const { id, options, explanation } = item
  const tags = tagsOf(item).map((tag) => ` [tag:${tag}]`)
  const lines = options.map(
    ({ text, right, why }) =>
      `${mark(item, { right, text })}${escaped(text)}${why ? `#${escaped(why)}` : ''}`,
  )
  return [
    `// [id:${id}]${tags.join('')}`,
    `::${escaped(id)}::[markdown]${escaped(stemWithExhibits(item))}{`,
    ...lines,
    `####${escaped(explanation.trim())}`,
    '}',
  ].join('\n')
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
