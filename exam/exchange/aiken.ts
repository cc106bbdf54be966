/** Aiken: a stem, lettered options, one answer (docs.moodle.org, "Aiken format"). */
import type { FileProblem } from '../../shared/files'
import type { Item } from '../format'
import { type Draft, fromTags, lostOf, problemAt, type ReadResult, type WriteResult } from './draft'

const OPTION = /^([A-Z])[.)]\s+(.+)$/
const ANSWER = /^ANSWER:\s*([A-Z])\s*$/

export function readAiken(text: string, file: string): ReadResult {
  const drafts: Draft[] = []
  const problems: FileProblem[] = []
  let stem: string[] = []
  let options: { letter: string; text: string }[] = []
  let begun = 1
  const reset = () => {
    stem = []
    options = []
  }
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim()
    const [, answer] = ANSWER.exec(line) ?? []
    const [, letter, option] = OPTION.exec(line) ?? []
    if (answer !== undefined) {
      const problem = fault(stem, options, answer)
      if (problem) problems.push(problemAt(file, index + 1, problem))
      else drafts.push(draft(stem, options, answer))
      reset()
    } else if (letter && option && stem.length > 0) options.push({ letter, text: option })
    else if (line && options.length > 0) {
      problems.push(
        problemAt(file, begun, { message: 'This question has no ANSWER line.', help: 'Add "ANSWER: A".' }),
      )
      reset()
      stem = [line]
      begun = index + 1
    } else if (line) {
      if (stem.length === 0) begun = index + 1
      stem.push(line)
    }
  })
  if (stem.length > 0)
    problems.push(
      problemAt(file, begun, {
        message: 'This question is not complete.',
        help: 'It needs options and "ANSWER: A".',
      }),
    )
  return { drafts, problems }
}

function fault(stem: readonly string[], options: readonly { letter: string }[], answer: string) {
  if (stem.length === 0)
    return { message: 'An answer without a question.', help: 'Write the question above it.' }
  if (options.length < 2)
    return { message: 'A question needs two options or more.', help: 'Write each as "A. text".' }
  if (!options.some(({ letter }) => letter === answer))
    return { message: `There is no option ${answer}.`, help: 'Name one of the letters above.' }
  return null
}

function draft(
  stem: readonly string[],
  options: readonly { letter: string; text: string }[],
  answer: string,
): Draft {
  return {
    id: null,
    kind: 'choice',
    stem: stem.join('\n'),
    options: options.map(({ letter, text }) => ({ text, right: letter === answer, why: null })),
    explanation: null,
    ...fromTags([]),
  }
}

export function writeAiken(items: readonly Item[]): WriteResult {
  const single = items.filter(({ kind }) => kind === 'choice')
  const multiple = items.filter(({ kind }) => kind === 'multiple')
  return {
    text: `${single.map(question).join('\n\n')}\n`,
    lost: [
      ...multiple.map(({ id }) => `${id}: the whole item, because several options are right`),
      ...single.flatMap((item) => lostOf(item, ['why', 'explanation', 'keys'])),
    ],
  }
}

function question({ stem, options }: Item): string {
  const letter = (index: number) => String.fromCharCode('A'.charCodeAt(0) + index)
  return [
    inOneLine(stem),
    ...options.map(({ text }, index) => `${letter(index)}. ${inOneLine(text)}`),
    `ANSWER: ${letter(options.findIndex(({ right }) => right))}`,
  ].join('\n')
}

function inOneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}
