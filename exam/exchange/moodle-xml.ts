/** Moodle XML (docs.moodle.org, "Moodle XML format"): questions of the type multichoice. */
import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Item } from '../format'
import {
  fromTags,
  gathered,
  kindOf,
  lineOf,
  lostOf,
  problemAt,
  type ReadQuestion,
  type ReadResult,
  readAlone,
  refusedAt,
  tagsOf,
  type WriteResult,
} from './draft'
import { htmlText } from './html-text'
import { keyOf, Refused } from './key'
import { type QuestionXml, questionsOfQuiz } from './moodle-questions'

const OPTIONS = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
}
/** Every element is a list, so that an element that is there twice is seen. */
const PARSER = new XMLParser({ ...OPTIONS, isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute })

/** Reads each question by itself. */
export function readMoodleXml(text: string, file: string): ReadResult {
  const doctype = text.search(/<!DOCTYPE|<!ENTITY/i)
  if (doctype >= 0)
    return refused(
      file,
      lineOf(text, doctype),
      'A file with entities of its own is not read.',
      'Take the DOCTYPE out.',
    )
  const root = /<([a-z_][^\s/>]*)/i.exec(text)?.[1]
  if (root === undefined) return refused(file, 1, 'This is not XML.', 'Export it from Moodle as Moodle XML.')
  if (root !== 'quiz')
    return refused(file, 1, 'This is not a Moodle quiz.', 'Export it from Moodle as Moodle XML.')
  const { questions, problem } = questionsOfQuiz(text)
  const read = questions.flatMap((one) => readAlone(file, one.line, () => [readQuestion(one, file)]))
  const { drafts, problems } = gathered(read)
  return { drafts, problems: problem ? [...problems, problemAt(file, problem.line, problem)] : problems }
}

function refused(file: string, line: number, message: string, help: string): ReadResult {
  return { drafts: [], problems: [problemAt(file, line, { message, help })] }
}

function readQuestion({ xml, line, fault }: QuestionXml, file: string): ReadQuestion {
  if (fault) throw fault
  const valid = XMLValidator.validate(xml)
  if (valid !== true) {
    const message = `This is not XML: ${valid.err.msg}`
    return refusedAt(file, line + valid.err.line - 1, { message, help: 'Correct it here.' })
  }
  const question = elementsOf(PARSER.parse(xml), 'question')[0]
  const type = attributeOf(question, 'type')
  if (type === 'multichoice') return multichoice(question, { file, line })
  if (type === 'category' || type === 'description') return { draft: null, problems: [] }
  const message = type
    ? `A question of the type ${type.slice(0, 40)} has no options to choose from.`
    : 'This question has no type.'
  const help = 'Left out; rewrite it as multiple choice.'
  return refusedAt(file, line, { message, help, severity: 'warning' })
}

function multichoice(question: unknown, { file, line }: { file: string; line: number }): ReadQuestion {
  const answers = elementsOf(question, 'answer')
  const { right, lost } = keyOf(answers.map(pointsOf), isSingle(question))
  const options = answers.map((answer, index) => ({
    text: plain(answer),
    right: right[index] ?? false,
    why: plain(onlyOf(answer, 'feedback')) || null,
  }))
  const tags = elementsOf(onlyOf(question, 'tags'), 'tag').map(plain)
  const help = 'Give all points to one option, to keep the meaning.'
  return {
    draft: {
      line,
      id: plain(onlyOf(question, 'name')) || null,
      kind: kindOf(options),
      stem: plain(onlyOf(question, 'questiontext')),
      options,
      explanation: plain(onlyOf(question, 'generalfeedback')) || null,
      ...fromTags(tags),
    },
    problems: lost ? [problemAt(file, line, { message: lost, help, severity: 'warning' })] : [],
  }
}

/** Moodle takes a question without the element as one with one answer. */
function isSingle(question: unknown): boolean {
  const word = textIn(onlyOf(question, 'single')).trim().toLowerCase()
  if (['', 'true', '1'].includes(word)) return true
  if (['false', '0'].includes(word)) return false
  throw new Refused(`<single> is "${word.slice(0, 40)}".`, 'Write true or false.')
}

function pointsOf(answer: unknown): number {
  const fraction = attributeOf(answer, 'fraction') ?? ''
  if (/^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(fraction)) return Number(fraction)
  throw new Refused(
    `The points of an option are "${fraction.slice(0, 40)}".`,
    'Write a number from -100 to 100.',
  )
}

/** The text of an element such as questiontext; empty without one. */
function plain(formatted: unknown): string {
  const text = textIn(onlyOf(formatted, 'text'))
  return attributeOf(formatted, 'format') === 'html' ? htmlText(text) : text.trim()
}

/** @throws Refused for an element that holds elements in place of text */
function textIn(element: unknown): string {
  if (element === undefined) return ''
  if (typeof element === 'string') return element
  const text = partOf(element, '#text')
  const hasTags = Object.keys(Object(element)).some((key) => key !== '#text' && !key.startsWith('@'))
  if (!hasTags) return typeof text === 'string' ? text : ''
  throw new Refused('A text holds tags.', 'Write it in a CDATA section, as Moodle does.')
}

/** @throws Refused when the element is there twice: one of them would be lost */
function onlyOf(parent: unknown, name: string): unknown {
  const [only, second] = elementsOf(parent, name)
  if (second === undefined) return only
  throw new Refused(`<${name}> is here twice.`, 'Leave one of them.')
}

function elementsOf(parent: unknown, name: string): readonly unknown[] {
  const found = partOf(parent, name)
  return Array.isArray(found) ? found : []
}

function attributeOf(element: unknown, name: string): string | null {
  const found = partOf(element, `@${name}`)
  return typeof found === 'string' ? found : null
}

function partOf(parent: unknown, name: string): unknown {
  return typeof parent === 'object' && parent !== null && Object.hasOwn(parent, name)
    ? Reflect.get(parent, name)
    : undefined
}

export function writeMoodleXml(items: readonly Item[]): WriteResult {
  const builder = new XMLBuilder({ ...OPTIONS, cdataPropName: '#cdata', format: true })
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    quiz: { question: items.map(question) },
  }
  return { text: builder.build(document), lost: items.flatMap((item) => lostOf(item)) }
}

function question(item: Item) {
  const { id, kind, stem, options, explanation } = item
  const markdown = (text: string) => ({ '@format': 'markdown', text: { '#cdata': text } })
  const share = (right: boolean) => 100 / options.filter((option) => option.right === right).length
  return {
    '@type': 'multichoice',
    name: { text: id },
    questiontext: markdown(stem.trim()),
    generalfeedback: markdown(explanation.trim()),
    single: kind === 'choice',
    shuffleanswers: true,
    answer: options.map(({ text, right, why }) => ({
      '@fraction': right ? share(true) : kind === 'multiple' ? -share(false) : 0,
      ...markdown(text),
      ...(why && { feedback: markdown(why) }),
    })),
    tags: { tag: tagsOf(item).map((text) => ({ text })) },
  }
}
