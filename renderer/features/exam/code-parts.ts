/** The parts of an exhibit's code that have a look of their own. The functions are pure; together the parts are the text. */
import type { ExhibitView } from '../../../main/api'

export type CodeExhibit = Exclude<ExhibitView, { kind: 'topology' }>

const TONES = ['comment', 'name', 'string', 'option', 'prompt'] as const
export type Tone = (typeof TONES)[number]

export interface CodePart {
  readonly text: string
  /** Null for a part that looks like the text around it. */
  readonly tone: Tone | null
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

export function codeParts(exhibit: CodeExhibit): CodePart[] {
  const language = languageOf(exhibit)
  return exhibit.text.split(/(?<=\n)/).flatMap((line) => partsOf(line, language))
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
