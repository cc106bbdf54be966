/** Moodle XML (docs.moodle.org, "Moodle XML format"): questions of the type multichoice. */
import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Item } from '../format'
import {
  type Draft,
  fromTags,
  kindOf,
  lineOf,
  lostOf,
  problemAt,
  type ReadResult,
  tagsOf,
  type WriteResult,
} from './draft'

const OPTIONS = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  cdataPropName: '#cdata',
  parseTagValue: false,
  isArray: (name: string) => ['question', 'answer', 'tag'].includes(name),
}

type Text = string | { readonly '#cdata'?: string; readonly '#text'?: string } | undefined
interface Formatted {
  readonly '@format'?: string
  readonly text?: Text
}
interface Question {
  readonly '@type': string
  readonly name?: Formatted
  readonly questiontext?: Formatted
  readonly generalfeedback?: Formatted
  readonly answer?: readonly (Formatted & { readonly '@fraction': string; readonly feedback?: Formatted })[]
  readonly tags?: { readonly tag?: readonly { readonly text?: Text }[] }
}

export function readMoodleXml(text: string, file: string): ReadResult {
  const doctype = text.search(/<!DOCTYPE|<!ENTITY/i)
  if (doctype >= 0)
    return refused(
      file,
      lineOf(text, doctype),
      'A file with entities of its own is not read.',
      'Take the DOCTYPE out.',
    )
  const valid = XMLValidator.validate(text)
  if (valid !== true)
    return refused(file, valid.err.line, `This is not XML: ${valid.err.msg}`, 'Correct it here.')
  const { quiz } = new XMLParser(OPTIONS).parse(text) as { quiz?: { question?: readonly Question[] } }
  if (!quiz) return refused(file, 1, 'This is not a Moodle quiz.', 'Export it from Moodle as Moodle XML.')
  const questions = quiz.question ?? []
  const places = [...text.matchAll(/<question[\s>]/g)].map(({ index }) => lineOf(text, index))
  const problems = questions.flatMap((question, index) =>
    ['multichoice', 'category'].includes(question['@type'])
      ? []
      : problemAt(file, places[index] ?? 1, {
          message: `A question of the type ${question['@type']} has no options to choose from.`,
          help: 'Left out; rewrite it as multiple choice.',
          severity: 'warning',
        }),
  )
  return { drafts: questions.filter((question) => question['@type'] === 'multichoice').map(draft), problems }
}

function refused(file: string, line: number, message: string, help: string): ReadResult {
  return { drafts: [], problems: [problemAt(file, line, { message, help })] }
}

function draft({ name, questiontext, generalfeedback, answer = [], tags }: Question): Draft {
  const options = answer.map((one) => ({
    text: plain(one),
    right: Number(one['@fraction']) > 0,
    why: plain(one.feedback) || null,
  }))
  return {
    id: plain(name) || null,
    kind: kindOf(options),
    stem: plain(questiontext),
    options,
    explanation: plain(generalfeedback) || null,
    ...fromTags((tags?.tag ?? []).map((tag) => plain(tag))),
  }
}

/** Turns HTML into plain text. Our questions are Markdown, so foreign markup is not kept. */
function plain(formatted: Formatted | undefined): string {
  const raw = formatted?.text
  const text = typeof raw === 'object' ? (raw['#cdata'] ?? raw['#text'] ?? '') : (raw ?? '')
  if (formatted?.['@format'] !== 'html') return text.trim()
  return text
    .replace(/<\s*(br|\/p|\/div|\/li)\s*\/?>/gi, '\n')
    .replace(/<\/?code>/gi, '`')
    .replace(/<[^>]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .trim()
}

export function writeMoodleXml(items: readonly Item[]): WriteResult {
  const builder = new XMLBuilder({ ...OPTIONS, format: true })
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    quiz: { question: items.map(question) },
  }
  return { text: builder.build(document), lost: items.flatMap((item) => lostOf(item)) }
}

function question(item: Item) {
  const { id, kind, stem, options, explanation } = item
  const markdown = (text: string) => ({ '@format': 'markdown', text: { '#cdata': safe(text) } })
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

/** A CDATA section ends at the first "]]>". */
function safe(text: string): string {
  return text.replaceAll(']]>', ']] >')
}
