/** What holds for readers of every format: limits, texts that can be shown, and a word when nothing was found. */
import type { FileProblem } from '../../shared/files'
import { speaksOfOthers } from '../format'
import { type Content, type Draft, problemAt, type ReadResult } from './draft'
import { takeExhibits } from './exhibits'
import { withoutLetters } from './letters'
import { oddCharacter, plainLines } from './text'

/** The largest file; characters, or bytes. */
const LARGEST_FILE = 20 * 1024 * 1024
/** A larger bank is divided into several files. */
const MOST_QUESTIONS = 10_000
/** The longest stem, option or explanation; characters. */
const LONGEST_TEXT = 32_000
/** The format of questions takes no more. */
const MOST_OPTIONS = 10
/** More problems than this help nobody. */
const MOST_PROBLEMS = 1_000

/**
 * Makes a reader for files from outside.
 * @param expected a sentence that says what the format looks like, for files in which nothing was found
 */
export function reader(
  read: (content: Content, file: string) => ReadResult,
  expected: string,
): (content: Content, file: string) => ReadResult {
  return (raw, file) => {
    if (raw.length > LARGEST_FILE) {
      const message = `This file is larger than ${LARGEST_FILE / 1024 / 1024} MB.`
      return {
        drafts: [],
        problems: [problemAt(file, 1, { message, help: 'Divide it into several files.' })],
      }
    }
    const found = read(typeof raw === 'string' ? plainLines(raw) : raw, file)
    const { drafts, problems } = limited(found, file)
    if (drafts.length + problems.length > 0) return { drafts, problems: atMost(problems, file) }
    const message = 'No question was found.'
    return { drafts, problems: [problemAt(file, 1, { message, help: expected })] }
  }
}

/** A reader of a format that is text. */
export function ofText(
  read: (text: string, file: string) => ReadResult,
): (content: Content, file: string) => ReadResult {
  return (content, file) => {
    if (typeof content === 'string') return read(content, file)
    const message = 'This file is no text.'
    return { drafts: [], problems: [problemAt(file, 1, { message, help: 'Import it as a package.' })] }
  }
}

function limited({ drafts, problems }: ReadResult, file: string): ReadResult {
  const faults = drafts.map((draft) => faultOf(draft))
  const refused = drafts.flatMap((draft, index) => {
    const message = faults[index]
    return message ? problemAt(file, draft.line, { message, help: 'Correct it here, or leave it out.' }) : []
  })
  const good = drafts.filter((_draft, index) => faults[index] === null)
  const over = good[MOST_QUESTIONS]
  if (over) {
    const message = `Only the first ${MOST_QUESTIONS} questions are read.`
    refused.push(problemAt(file, over.line, { message, help: 'Divide it into several files.' }))
  }
  const taken = good
    .slice(0, MOST_QUESTIONS)
    .map((draft) => unlettered({ ...draft, ...takeExhibits(draft.stem) }))
  const doubtful = taken.flatMap((draft) => othersIn(draft, file))
  return { drafts: taken, problems: [...problems, ...refused, ...doubtful] }
}

function unlettered(draft: Draft): Draft {
  const options = withoutLetters(draft.options)
  return options ? { ...draft, options, lost: [...draft.lost, 'the letters before its options'] } : draft
}

/** "All of the above" means nothing where options are shown one at a time. */
function othersIn({ line, options }: Draft, file: string): FileProblem[] {
  const one = options.find(({ text }) => speaksOfOthers(text))
  if (!one) return []
  const message = `The option "${one.text.slice(0, 60)}" speaks of the others.`
  const help = 'Options are shown in any order, or one at a time: make it a claim of its own.'
  return [problemAt(file, line, { message, help, severity: 'warning' })]
}

function faultOf(draft: Draft): string | null {
  const { id, stem, explanation, source, versions, enemies, options } = draft
  const texts = [id, stem, explanation, source, versions, ...enemies].map((text) => text ?? '')
  const all = [...texts, ...options.flatMap(({ text, why }) => [text, why ?? ''])]
  if (all.some((text) => text.length > LONGEST_TEXT))
    return `A text of this question is longer than ${LONGEST_TEXT} characters.`
  const odd = all.map(oddCharacter).find((one) => one !== null)
  if (odd) return `A text of this question holds a character that cannot be shown (${odd}).`
  if (options.length > MOST_OPTIONS)
    return `This question has ${options.length} options, and ${MOST_OPTIONS} are the most.`
  const empty = stem.trim() === '' ? 'This question' : emptyOption(options)
  return empty && `${[empty, 'has no text', ...withoutMedia(draft)].join(' ')}.`
}

function emptyOption(options: Draft['options']): string | null {
  const place = options.findIndex(({ text }) => text.trim() === '')
  return place < 0 ? null : `Option ${place + 1}`
}

/** Pictures and sounds are what is often missing from a text that is empty. */
function withoutMedia({ lost }: Draft): string[] {
  const media = lost.filter((one) => /^(the|a) /.test(one))
  return media.length > 0 ? [`without ${media.join(', ').slice(0, 200)}`] : []
}

function atMost(problems: readonly FileProblem[], file: string): readonly FileProblem[] {
  if (problems.length <= MOST_PROBLEMS) return problems
  const message = `There are ${problems.length - MOST_PROBLEMS} more problems.`
  const help = 'Correct the ones above first.'
  return [...problems.slice(0, MOST_PROBLEMS), problemAt(file, 1, { message, help })]
}
