/** The questions of a Moodle quiz as pieces of XML, found in one pass, so that a broken one spoils no other. */
import { Refused } from './key'

export interface QuestionXml {
  /** The element with its content. Its CDATA sections are written as escaped text. */
  readonly xml: string
  /** The line of the file in which it begins. */
  readonly line: number
  /** Why it is not read; null when nothing speaks against it. */
  readonly fault: Refused | null
}

interface FoundQuestions {
  readonly questions: readonly QuestionXml[]
  /** What is wrong with the file around the questions. */
  readonly problem: { readonly line: number; readonly message: string; readonly help: string } | null
}

/** A question of Moodle has six levels. */
const DEEPEST = 30
/** A longer question holds more than text and some pictures; characters. */
const LONGEST_QUESTION = 8_000_000
const NEWLINE = 10
const TAG = /^<(\/?)([a-z_][^\s/>]*)/i
/** Tags that have a meaning in JavaScript, which no question needs. */
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype'])

export function questionsOfQuiz(text: string): FoundQuestions {
  const scan = new Scan(text)
  scan.run()
  const help = 'Export it from Moodle again; it may have been cut off.'
  const problem = scan.isClosed ? null : { line: scan.line, message: 'The file ends before </quiz>.', help }
  return { questions: scan.questions, problem }
}

class Scan {
  readonly questions: QuestionXml[] = []
  isClosed = false
  line = 1
  readonly #text: string
  #at = 0
  /** The question that is being read. */
  #open: { readonly line: number; readonly parts: string[]; depth: number; fault: Refused | null } | null =
    null

  constructor(text: string) {
    this.#text = text
  }

  run(): void {
    for (let start = this.#text.indexOf('<'); start >= 0; start = this.#text.indexOf('<', this.#at)) {
      this.#take(this.#at, start)
      this.#piece(start)
    }
    this.#take(this.#at, this.#text.length)
    this.#finish()
  }

  /** Takes a comment, a CDATA section or a tag that begins here. */
  #piece(start: number): void {
    if (this.#text.startsWith('<!--', start)) this.#skip(start, '-->')
    else if (this.#text.startsWith('<?', start)) this.#skip(start, '?>')
    else if (this.#text.startsWith('<![CDATA[', start)) this.#cdata(start)
    else this.#tag(start)
  }

  #skip(start: number, ending: string): void {
    const end = this.#text.indexOf(ending, start)
    this.#count(start, end < 0 ? this.#text.length : end + ending.length)
  }

  #cdata(start: number): void {
    const from = start + '<![CDATA['.length
    const end = this.#text.indexOf(']]>', from)
    const to = end < 0 ? this.#text.length : end
    const escaped = this.#text
      .slice(from, to)
      .replace(/&/g, '&amp;')
      .replace(/</g, '&lt;')
      .replace(/>/g, '&gt;')
    this.#open?.parts.push(escaped)
    this.#count(start, end < 0 ? to : to + ']]>'.length)
  }

  #tag(start: number): void {
    const [, slash, name] = TAG.exec(this.#text.slice(start, start + 100)) ?? []
    const close = this.#text.indexOf('>', start)
    const end = close < 0 ? this.#text.length : close + 1
    if (name === 'question' && slash === '') this.#begin()
    if (name !== undefined) this.#deeper(slash === '', this.#text[end - 2] === '/', name)
    this.#take(start, end)
    const isEmptyQuestion = name === 'question' && this.#text[end - 2] === '/'
    if ((name === 'question' && slash === '/') || isEmptyQuestion) this.#finish()
    if (name === 'quiz' && slash === '/') {
      this.#finish()
      this.isClosed = true
    }
  }

  /** A question that begins inside of another shows that the other one was never closed. */
  #begin(): void {
    this.#finish()
    this.#open = { line: this.line, parts: [], depth: 0, fault: null }
  }

  #deeper(isOpening: boolean, isEmpty: boolean, name: string): void {
    if (!this.#open) return
    if (!isEmpty) this.#open.depth += isOpening ? 1 : -1
    if (this.#open.depth > DEEPEST)
      this.#open.fault ??= new Refused('Tags are nested too deeply.', 'Export it from Moodle again.')
    if (FORBIDDEN.has(name))
      this.#open.fault ??= new Refused(`There is no tag <${name}> in a quiz.`, 'Take it out.')
  }

  /** The text to here belongs to the question that is being read. */
  #take(start: number, end: number): void {
    this.#open?.parts.push(this.#text.slice(start, end))
    this.#count(start, end)
  }

  #count(start: number, end: number): void {
    // A search for the next newline would look beyond the end, again and again.
    for (let at = start; at < end; at++) if (this.#text.charCodeAt(at) === NEWLINE) this.line++
    this.#at = end
  }

  #finish(): void {
    if (!this.#open) return
    const { line, parts, fault } = this.#open
    this.#open = null
    const xml = parts.join('')
    if (xml.length > LONGEST_QUESTION)
      this.questions.push({ xml: '', line, fault: new Refused('This question is too long.', 'Divide it.') })
    else this.questions.push({ xml, line, fault })
  }
}
