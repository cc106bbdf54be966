/** Moodle's GIFT (docs.moodle.org, "GIFT format"), parsed by gift-pegjs. */
import { type GIFTQuestion, type MultipleChoice, parse } from 'gift-pegjs'
import type { Item } from '../format'
import {
  fromTags,
  gathered,
  kindOf,
  lostOf,
  problemAt,
  type ReadQuestion,
  type ReadResult,
  readAlone,
  refusedAt,
  tagsOf,
  type WriteResult,
} from './draft'
import { type GiftBlock, giftBlocks } from './gift-blocks'
import { keyOf, Refused } from './key'

interface Located {
  readonly location: { readonly start: { readonly line: number } }
}

/** A longer question is broken, and its parser could take very long; characters. */
const LONGEST_QUESTION = 100_000

/** Reads each question by itself. */
export function readGift(text: string, file: string): ReadResult {
  return gathered(
    giftBlocks(text).flatMap((block) => readAlone(file, block.line, () => readBlock(block, file))),
  )
}

function readBlock({ text, line }: GiftBlock, file: string): ReadQuestion[] {
  if (text.length > LONGEST_QUESTION)
    throw new Refused('This question is too long.', 'Divide questions by blank lines.')
  try {
    return parse(text).map((question) => readQuestion(question, { file, line }))
  } catch (error) {
    if (!isLocated(error)) throw error
    // The end of the question is where the parser misses something.
    const at = line + Math.min(error.location.start.line, text.trimEnd().split('\n').length) - 1
    const message = `This is not GIFT: ${error.message}`
    return [refusedAt(file, at, { message, help: 'Correct it here.' })]
  }
}

interface Place {
  readonly file: string
  readonly line: number
}

/** Questions without options are left out. Categories and descriptions are no questions. */
function readQuestion(question: GIFTQuestion, { file, line }: Place): ReadQuestion {
  const { type } = question
  if (type === 'MC') return multipleChoice(question, { file, line })
  if (type === 'Category' || type === 'Description') return { draft: null, problems: [] }
  const message = `A question of the type ${type} has no options to choose from.`
  const help = 'Left out; rewrite it as multiple choice.'
  return refusedAt(file, line, { message, help, severity: 'warning' })
}

/** An option with "=" has all points, so that a question with one has one answer. */
function multipleChoice(question: MultipleChoice, { file, line }: Place): ReadQuestion {
  const { title, id, tags, stem, globalFeedback, choices } = question
  const points = choices.map(({ isCorrect, weight }) => weight ?? (isCorrect ? 100 : 0))
  const { right, lost } = keyOf(
    points,
    choices.some(({ isCorrect }) => isCorrect),
  )
  const options = choices.map(({ text, feedback }, index) => ({
    text: text.text,
    right: right[index] ?? false,
    why: feedback?.text ?? null,
  }))
  const help = 'Give all points to one option, to keep the meaning.'
  return {
    draft: {
      line,
      id: id ?? title,
      kind: kindOf(options),
      stem: stem.text,
      options,
      explanation: globalFeedback?.text ?? null,
      ...fromTags(tags ?? []),
    },
    problems: lost ? [problemAt(file, line, { message: lost, help, severity: 'warning' })] : [],
  }
}

function isLocated(error: unknown): error is Error & Located {
  return error instanceof Error && 'location' in error
}

export function writeGift(items: readonly Item[]): WriteResult {
  return { text: `${items.map(question).join('\n\n')}\n`, lost: items.flatMap((item) => lostOf(item)) }
}

function question(item: Item): string {
  const { id, stem, options, explanation } = item
  const tags = tagsOf(item).map((tag) => ` [tag:${tag}]`)
  const lines = options.map(
    ({ text, right, why }) =>
      `${mark(item, { right, text })}${escaped(text)}${why ? `#${escaped(why)}` : ''}`,
  )
  return [
    `// [id:${id}]${tags.join('')}`,
    `::${escaped(id)}::[markdown]${escaped(stem.trim())}{`,
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
  if (kind === 'choice' && text.startsWith('%')) return right ? '=%100%' : '~%0%'
  if (kind === 'choice') return right ? '=' : '~'
  const count = options.filter((option) => option.right === right).length
  const percent = Number((100 / count).toFixed(5))
  return `~%${right ? percent : -percent}%`
}

function escaped(text: string): string {
  return text.replace(/[\\~=#{}:]/g, '\\$&').replace(/\n/g, '\\n')
}
