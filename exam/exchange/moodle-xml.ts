/** Moodle XML (docs.moodle.org, "Moodle XML format"): questions of the types multichoice, truefalse, matching and ordering. */
import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser'
import type { Item } from '../format'
import { toBase64 } from './base64'
import {
  categoryOf,
  type Draft,
  type DraftOption,
  description,
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
  trueFalse,
  type WriteResult,
} from './draft'
import { stemWithExhibits } from './exhibits'
import { keyOf, Refused } from './key'
import { type QuestionXml, questionsOfQuiz } from './moodle-questions'
import { type DraftAnswer, hasMarkup, matchingOf, orderingOf, pairsOf, plainRight } from './parts'
import { NO_PICTURES, type PicturesOf, picturePaths, withOtherPaths } from './pictures'
import { type ForeignText, type TextFormat, Texts } from './texts'
import { hasEntities } from './xml'

const OPTIONS = {
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
}
/** Every element is a list, so that an element that is there twice is seen. */
const PARSER = new XMLParser({ ...OPTIONS, isArray: (_name, _path, _isLeaf, isAttribute) => !isAttribute })

/** Reads each question by itself. */
export function readMoodleXml(text: string, file: string): ReadResult {
  if (hasEntities(text))
    return refused(
      file,
      lineOf(text, text.search(/<!DOCTYPE|<!ENTITY/i)),
      'A file with entities of its own is not read.',
      'Take the DOCTYPE out.',
    )
  const root = /<([a-z_][^\s/>]*)/i.exec(text)?.[1]
  if (root === undefined) return refused(file, 1, 'This is not XML.', 'Export it from Moodle as Moodle XML.')
  if (root !== 'quiz')
    return refused(file, 1, 'This is not a Moodle quiz.', 'Export it from Moodle as Moodle XML.')
  const { questions, problem } = questionsOfQuiz(text)
  const categories = new Categories()
  const read = questions.flatMap((one) =>
    readAlone(file, one.line, () => {
      const question = elementOf(one, file)
      if (!question.element) return [question]
      if (categories.take(question.element)) return []
      return [readQuestion(question.element, { file, line: one.line, category: categories.current })]
    }),
  )
  const { drafts, problems } = gathered(read)
  return { drafts, problems: problem ? [...problems, problemAt(file, problem.line, problem)] : problems }
}

function refused(file: string, line: number, message: string, help: string): ReadResult {
  return { drafts: [], problems: [problemAt(file, line, { message, help })] }
}

/** A quiz names a category before the questions that are in it. */
class Categories {
  current: string | null = null

  /** @returns whether the element is a category */
  take(question: unknown): boolean {
    if (attributeOf(question, 'type') !== 'category') return false
    const path = textIn(onlyOf(onlyOf(question, 'category'), 'text')).trim()
    this.current = categoryOf(path)
    return true
  }
}

/** The element of a question; a problem for one that is broken. */
function elementOf(
  { xml, line, fault }: QuestionXml,
  file: string,
): ReadQuestion & { readonly element?: unknown } {
  if (fault) throw fault
  const valid = XMLValidator.validate(xml)
  if (valid !== true) {
    const message = `This is not XML: ${valid.err.msg}`
    return refusedAt(file, line + valid.err.line - 1, { message, help: 'Correct it here.' })
  }
  return { draft: null, problems: [], element: elementsOf(PARSER.parse(xml), 'question')[0] ?? {} }
}

interface Place {
  readonly file: string
  readonly line: number
  readonly category: string | null
}

function readQuestion(question: unknown, { file, line, category }: Place): ReadQuestion {
  const type = attributeOf(question, 'type')
  if (type === 'description') return refusedAt(file, line, description())
  const texts = new Texts()
  const answer = answerOf(question, texts)
  if (answer) {
    return {
      draft: {
        line,
        category,
        ...draftOf(question, { answer, texts }),
        lost: texts.lost,
        pictures: texts.pictures,
      },
      problems: [],
    }
  }
  const message = type
    ? `A question of the type ${type.slice(0, 40)} has no options to choose from.`
    : 'This question has no type.'
  const help = 'Left out; rewrite it as multiple choice.'
  return refusedAt(file, line, { message, help, severity: 'warning' })
}

/** Null for a type that has nothing to choose from. */
function answerOf(question: unknown, texts: Texts): DraftAnswer | null {
  const choice = (options: readonly DraftOption[]) => ({ kind: kindOf(options), options })
  switch (attributeOf(question, 'type')) {
    case 'multichoice':
      return choice(multichoice(question, texts))
    case 'truefalse':
      return choice(truefalse(question, texts))
    case 'matching':
      return matching(question, texts)
    case 'ordering':
      return ordering(question, texts)
    default:
      return null
  }
}

/** A part without a text is an option that belongs to nothing. Answers are plain text. */
function matching(question: unknown, texts: Texts): DraftAnswer {
  const parts = elementsOf(question, 'subquestion').map((part) => ({
    left: formatted(part, texts),
    right: texts.take(textIn(onlyOf(onlyOf(part, 'answer'), 'text')), 'plain'),
  }))
  return matchingOf(
    parts.filter(({ left }) => left !== ''),
    parts.filter(({ left }) => left === '').map(({ right }) => right),
  )
}

/** Moodle keeps the place of an entry where other types have points. Where people wrote points, the order of the file counts. */
function ordering(question: unknown, texts: Texts): DraftAnswer {
  const entries = elementsOf(question, 'answer').map((answer) => ({
    place: pointsOf(answer),
    text: formatted(answer, texts),
  }))
  return orderingOf([...entries].sort((a, b) => a.place - b.place).map(({ text }) => text))
}

function draftOf(
  question: unknown,
  { answer, texts }: { readonly answer: DraftAnswer; readonly texts: Texts },
): Omit<Draft, 'line' | 'category' | 'lost' | 'pictures'> {
  const tags = elementsOf(onlyOf(question, 'tags'), 'tag').map((tag) => textIn(onlyOf(tag, 'text')).trim())
  const stem = formatted(onlyOf(question, 'questiontext'), texts)
  const explanation = formatted(onlyOf(question, 'generalfeedback'), texts) || null
  loseOthers(question, texts)
  return {
    id: textIn(onlyOf(onlyOf(question, 'name'), 'text')).trim() || null,
    ...answer,
    stem,
    explanation,
    ...fromTags(tags),
  }
}

/** Parts of a question that help or judge in Moodle, and that a question of ours does not have. */
const OTHERS: Readonly<Record<string, string>> = {
  hint: 'hints',
  correctfeedback: 'a feedback for the whole answer',
  partiallycorrectfeedback: 'a feedback for the whole answer',
  incorrectfeedback: 'a feedback for the whole answer',
}
/** Moodle writes these into each question, so they say nothing. */
const STANDARD = /^Your answer is (partially )?(in)?correct\.$/i

function loseOthers(question: unknown, texts: Texts): void {
  for (const [name, what] of Object.entries(OTHERS)) {
    const said = elementsOf(question, name).map((one) =>
      new Texts().take(textIn(onlyOf(one, 'text')), 'html'),
    )
    if (said.some((text) => text !== '' && !STANDARD.test(text))) texts.lose(what)
  }
}

function multichoice(question: unknown, texts: Texts): DraftOption[] {
  const answers = elementsOf(question, 'answer')
  const { right, lost } = keyOf(answers.map(pointsOf), isSingle(question))
  if (lost) texts.lose(lost)
  const shown = texts.takeDifferent(answers.map(foreignText))
  return answers.map((answer, index) => ({
    text: shown[index] ?? '',
    right: right[index] ?? false,
    why: formatted(onlyOf(answer, 'feedback'), texts) || null,
  }))
}

/** @throws Refused for answers that are not "true" and "false", one of them right */
function truefalse(question: unknown, texts: Texts): DraftOption[] {
  const answers = elementsOf(question, 'answer').map((answer) => ({
    word: textIn(onlyOf(answer, 'text')).trim().toLowerCase(),
    points: pointsOf(answer),
    why: formatted(onlyOf(answer, 'feedback'), texts) || null,
  }))
  const [whenTrue, whenFalse] = ['true', 'false'].map((word) => answers.find((one) => one.word === word))
  if (!whenTrue || !whenFalse || (whenTrue.points === 100) === (whenFalse.points === 100))
    throw new Refused(
      'This question has no answers "true" and "false", one of them right.',
      'Correct it here.',
    )
  return trueFalse(whenTrue.points === 100, { whenTrue: whenTrue.why, whenFalse: whenFalse.why })
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

const FORMATS: Readonly<Record<string, TextFormat>> = {
  html: 'html',
  moodle_auto_format: 'moodle',
  plain_text: 'plain',
  markdown: 'markdown',
}

/** The text of an element such as questiontext, as Markdown; empty without one. Moodle takes HTML where no format is named. */
function formatted(element: unknown, texts: Texts): string {
  const { text, format, files } = foreignText(element)
  return texts.take(text, format, files)
}

function foreignText(element: unknown): ForeignText {
  const name = attributeOf(element, 'format') ?? 'html'
  return { text: textIn(onlyOf(element, 'text')), format: FORMATS[name] ?? 'html', files: filesOf(element) }
}

/** The files that Moodle packs with a text. */
function filesOf(element: unknown): ReadonlyMap<string, string> {
  const files = elementsOf(element, 'file').map((file): [string, string] => {
    const folder = (attributeOf(file, 'path') ?? '/').replace(/^\//, '')
    return [`${folder}${attributeOf(file, 'name') ?? ''}`, fileText(file).replace(/\s+/g, '')]
  })
  return new Map(files)
}

function fileText(file: unknown): string {
  if (typeof file === 'string') return file
  const text = partOf(file, '#text')
  return typeof text === 'string' ? text : ''
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

export function writeMoodleXml(items: readonly Item[], picturesOf = NO_PICTURES): WriteResult<string> {
  const builder = new XMLBuilder({ ...OPTIONS, format: true })
  const document = {
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    quiz: { question: items.map((item) => question(item, picturesOf)) },
  }
  return {
    content: builder.build(document),
    lost: items.flatMap((item) => lostOf(item, lostParts(item), picturesOf)),
  }
}

function lostParts(item: Item): ('why of parts' | 'markup')[] {
  if (item.kind === 'ordering') return ['why of parts']
  if (item.kind !== 'matching') return []
  return hasMarkup(item) ? ['why of parts', 'markup'] : ['why of parts']
}

/** Writes a text in Markdown, with what belongs to it. */
type Write = (text: string) => ReturnType<typeof withPictures>

function question(item: Item, picturesOf: PicturesOf) {
  const { id, kind, explanation } = item
  const markdown: Write = (text) => withPictures(text, (path) => picturesOf(id, path))
  return {
    '@type': kind === 'matching' || kind === 'ordering' ? kind : 'multichoice',
    name: { text: id },
    questiontext: markdown(stemWithExhibits(item)),
    generalfeedback: markdown(explanation.trim()),
    ...answerXml(item, markdown),
    tags: { tag: tagsOf(item).map((text) => ({ text })) },
  }
}

function answerXml(item: Item, markdown: Write) {
  if (item.kind === 'matching') return matchingXml(item, markdown)
  return item.kind === 'ordering' ? orderingXml(item, markdown) : choiceXml(item, markdown)
}

function matchingXml(item: Item, markdown: Write) {
  const { pairs, extras } = pairsOf(item)
  const parts = [...pairs, ...extras.map((right) => ({ left: '', right }))]
  return {
    shuffleanswers: true,
    subquestion: parts.map(({ left, right }) => ({
      ...markdown(left),
      answer: { text: plainRight(right) },
    })),
  }
}

/** The place of each entry is where other types have points, and all of them count together. */
function orderingXml({ options }: Item, markdown: Write) {
  return {
    layouttype: 'VERTICAL',
    selecttype: 'ALL',
    selectcount: 0,
    gradingtype: 'ALL_OR_NOTHING',
    showgrading: 'SHOW',
    numberingstyle: 'none',
    answer: options.map(({ text }, index) => ({ '@fraction': index + 1, ...markdown(text) })),
  }
}

function choiceXml({ kind, options }: Item, markdown: Write) {
  const share = (right: boolean) => 100 / options.filter((option) => option.right === right).length
  return {
    single: kind === 'choice',
    shuffleanswers: true,
    answer: options.map(({ text, right, why }) => ({
      '@fraction': right ? share(true) : kind === 'multiple' ? -share(false) : 0,
      ...markdown(text),
      ...(why && { feedback: markdown(why) }),
    })),
  }
}

/** A text in Markdown, with the files of its pictures packed beside it. */
function withPictures(markdown: string, pictureAt: (path: string) => Uint8Array | null) {
  const packed = new Map(
    picturePaths(markdown).flatMap((path): [string, Uint8Array][] => {
      const bytes = pictureAt(path)
      return bytes ? [[path, bytes]] : []
    }),
  )
  const text = withOtherPaths(markdown, (path) =>
    packed.has(path) ? `@@PLUGINFILE@@/${nameOf(path)}` : path,
  )
  const file = [...packed].map(([path, bytes]) => ({
    '@name': nameOf(path),
    '@path': '/',
    '@encoding': 'base64',
    '#text': toBase64(bytes),
  }))
  return { '@format': 'markdown', text, ...(file.length > 0 && { file }) }
}

function nameOf(path: string): string {
  return path.replace(/^.*\//, '')
}
