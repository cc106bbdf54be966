/** The lines of an exhibit's code, and their parts that have a look of their own. Together the parts are the text. */
import type { ExhibitView } from '../../main/api'

export type CodeExhibit = Exclude<ExhibitView, { kind: 'topology' }>

const TONES = ['comment', 'name', 'string', 'option', 'prompt'] as const
export type Tone = (typeof TONES)[number]

export interface CodePart {
  readonly text: string
  /** Null for a part that looks like the text around it. */
  readonly tone: Tone | null
}

export interface CodeLine {
  readonly parts: readonly CodePart[]
  /** The line is a row of a table, whose columns stand below each other. */
  readonly isRow: boolean
}

type Language = 'dockerfile' | 'data' | 'shell' | 'session'

const STRING = `(?<string>"[^"]*"|'[^']*')`
const COMMENT = '(?<comment>(?<![^\\s])#.*)'
const OPTION = '(?<option>(?<=\\s)--?[A-Za-z][\\w-]*)'

const MARKS: Readonly<Record<Exclude<Language, 'session'>, RegExp>> = {
  dockerfile: new RegExp(`(?<comment>^\\s*#.*)|(?<name>^\\s*[A-Z]{2,}(?=\\s))|${STRING}|${OPTION}`, 'g'),
  data: new RegExp(`${COMMENT}|(?<name>"[^"]*"(?=\\s*:)|[\\w./$-]+(?=:(?:\\s|$)))|${STRING}`, 'g'),
  shell: new RegExp(`${COMMENT}|${STRING}|${OPTION}`, 'g'),
}

/** A command that was typed: what follows a prompt, such as `$ docker ps` or `node1# ls`. */
const PROMPT = /^[\w@:~-]{0,40}[$#] /
/** A longer line is shown without looks: finding them takes the square of its length. */
const LONGEST_LINE = 400

/** Words with a wide gap between them, as `docker ps` prints its columns. */
const ROW = /\S(?: {3,}|\t)\S/

export function codeLines(exhibit: CodeExhibit): CodeLine[] {
  const language = languageOf(exhibit)
  return exhibit.text
    .split(/(?<=\n)/)
    .map((line) => ({ parts: partsOf(line, language), isRow: ROW.test(line) }))
}

function languageOf({ kind, title = '', text }: CodeExhibit): Language {
  if (kind === 'dockerfile') return 'dockerfile'
  if (kind === 'compose' || /^\s*[{[]\s*["\n}{]/.test(text)) return 'data'
  if (kind === 'output') return 'session'
  return /\.(json|ya?ml)\b/.test(title) ? 'data' : 'shell'
}

function partsOf(line: string, language: Language): CodePart[] {
  if (line.length > LONGEST_LINE) return [{ text: line, tone: null }]
  if (language !== 'session') return marked(line, MARKS[language])
  const [prompt] = PROMPT.exec(line) ?? []
  if (prompt === undefined) return [{ text: line, tone: null }]
  return [{ text: prompt, tone: 'prompt' }, ...marked(line.slice(prompt.length), MARKS.shell)]
}

function marked(line: string, marks: RegExp): CodePart[] {
  const parts: CodePart[] = []
  let end = 0
  for (const { 0: text, index, groups } of line.matchAll(marks)) {
    if (index > end) parts.push({ text: line.slice(end, index), tone: null })
    parts.push({ text, tone: TONES.find((tone) => groups?.[tone] !== undefined) ?? null })
    end = index + text.length
  }
  if (end < line.length) parts.push({ text: line.slice(end), tone: null })
  return parts
}
