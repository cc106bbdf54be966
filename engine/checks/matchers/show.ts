/** Shows values in words, and sees them as texts or records for matchers. */
import type { Found } from './matcher'

/** Characters of a line. The whole of a longer value can be asked for. */
const LONGEST = 120
/** Characters of a whole value that are kept. */
const LONGEST_WHOLE = 4_000
/** Members of a list that are looked at: many more than fit into a line. */
const MOST = 200

/** A value in one short line, in words: lists as "a, b and c", and what is empty as "nothing". */
export function show(value: unknown): string {
  const line = inLine(value)
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line
}

export function showFound(found: Found): string {
  return found.kind === 'value' ? show(found.value) : show(found.message)
}

/** The whole of what was found, or undefined when its line says everything. */
export function wholeOf(found: Found): string | undefined {
  const value = found.kind === 'value' ? found.value : found.message
  const whole = typeof value === 'string' ? value.trim() : words(value)
  if (whole === '' || whole === show(value)) return undefined
  return whole.length > LONGEST_WHOLE ? `${whole.slice(0, LONGEST_WHOLE)}…` : whole
}

/** True for what holds nothing at all: an empty text or list, a list of nothings, or no value. */
export function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isNothing)
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}

function inLine(value: unknown): string {
  const text = typeof value === 'string' && isPage(value) ? textOfPage(value) : words(value)
  return text.replace(/\s+/g, ' ').trim() || 'nothing'
}

function words(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'nothing'
  if (Array.isArray(value)) return listInWords(value.slice(0, MOST))
  if (!isRecord(value)) return String(value)
  const fields = Object.entries(value).slice(0, MOST)
  return fields.map(([key, field]) => `${key}: ${words(field)}`).join(', ') || 'nothing'
}

function listInWords(members: readonly unknown[]): string {
  const texts = members.map(words)
  // Members that are lists themselves have commas of their own.
  if (members.some((member) => typeof member === 'object' && member !== null)) return texts.join('; ')
  return enumerated(texts)
}

/** "a, b and c", and "nothing" for no texts. */
function enumerated(texts: readonly string[]): string {
  const front = texts.slice(0, -1).join(', ')
  return (front ? `${front} and ${texts.at(-1)}` : texts[0]) ?? 'nothing'
}

function isPage(text: string): boolean {
  return /^\s*<(!doctype|html|head|body|title|h\d|p)\b/i.test(text)
}

/** The text that a reader of a page sees. Only a line of it is shown, as text, so a rough look is enough. */
function textOfPage(html: string): string {
  return html
    .slice(0, LONGEST_WHOLE)
    .replace(/<(style|script)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
}

/** The whole text of a value; lists and objects become JSON. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** True for an object with named fields: not for a list, and not for null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
