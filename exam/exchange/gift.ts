/** Moodle's GIFT (docs.moodle.org, "GIFT format"), parsed by gift-pegjs. */
import { type GIFTQuestion, type MultipleChoice, parse } from 'gift-pegjs'
import type { FileProblem } from '../../shared/files'
import type { Item } from '../format'
import {
  type Draft,
  fromTags,
  kindOf,
  lostOf,
  problemAt,
  type ReadResult,
  tagsOf,
  type WriteResult,
} from './draft'

interface Located {
  readonly location: { readonly start: { readonly line: number } }
}
export function readGift(text: string, file: string): ReadResult {
  try {
    const questions = parse(text)
    return {
      drafts: questions.flatMap((question) => (question.type === 'MC' ? draft(question) : [])),
      problems: questions.flatMap((question) => leftOut(question, { text, file })),
    }
  } catch (error) {
    if (!isLocated(error)) throw error
    const message = `This is not GIFT: ${error.message}`
    return {
      drafts: [],
      problems: [problemAt(file, error.location.start.line, { message, help: 'Correct it here.' })],
    }
  }
}

/** Questions without options are left out. Categories and descriptions are no questions. */
function leftOut(
  question: GIFTQuestion,
  { text, file }: { readonly text: string; readonly file: string },
): FileProblem[] {
  if (question.type === 'MC' || question.type === 'Category' || question.type === 'Description') return []
  const { type, title, stem } = question
  return [
    problemAt(file, lineAbout(text, title ?? stem.text), {
      message: `A question of the type ${type} has no options to choose from.`,
      help: 'Left out; rewrite it as multiple choice.',
      severity: 'warning',
    }),
  ]
}

function draft({ title, id, tags, stem, globalFeedback, choices }: MultipleChoice): Draft {
  const options = choices.map(({ isCorrect, weight, text, feedback }) => ({
    text: text.text,
    right: isCorrect || (weight ?? 0) > 0,
    why: feedback?.text ?? null,
  }))
  return {
    id: id ?? title,
    kind: kindOf(options),
    stem: stem.text,
    options,
    explanation: globalFeedback?.text ?? null,
    ...fromTags(tags ?? []),
  }
}

function isLocated(error: unknown): error is Error & Located {
  return error instanceof Error && 'location' in error
}

function lineAbout(text: string, part: string): number {
  const at = text.indexOf(part.split('\n')[0] ?? '')
  return at < 0 ? 1 : text.slice(0, at).split('\n').length
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
