/** Tells the format of a foreign file by what is in it. Endings say little: Aiken, GIFT and Anki all write .txt. */
import { columnsOf } from './csv-columns'
import type { Content } from './draft'

/** What is looked at; characters. */
const BEGINNING = 100_000

/** What may stand before the first element, and its name. */
const PROLOGUE = /^\s*(?:<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE[^>[]*>\s*)*<([a-z][\w:.-]*)/i
/** Items, and what else QTI has files of. */
const QTI =
  /^([\w-]+:)?(qti-assessment-item|assessmentItem|(qti-)?assessment-?test|questestinterop|manifest)$/i
/** For a file whose content is that of no format. */
const ENDINGS: Readonly<Record<string, string>> = { csv: 'csv', tsv: 'csv', gift: 'gift' }

/** The format of a file whose content tells none, so that its reader says what is missing; null for an ending of several. */
export function byEnding(name: string): string | null {
  return ENDINGS[/\.(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? ''] ?? null
}

/** The name of a format, or null for a text that looks like none. */
export function recognise(content: Content): string | null {
  if (typeof content !== 'string') return isZip(content) ? 'qti' : null
  const start = content
    .slice(0, BEGINNING)
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
  const root = PROLOGUE.exec(start)?.[1]
  if (root === 'quiz') return 'moodle-xml'
  if (root && QTI.test(root)) return 'qti'
  if (/^#(separator|html|notetype|deck|tags|columns|guid)\b[\w ]*:/im.test(start)) return 'anki'
  if (looksLikeNotes(start)) return 'anki'
  if (/^\s*ANSWER\s*:/im.test(start) && /^\s*[A-Z][.)]/im.test(start)) return 'aiken'
  if (looksLikeGift(start)) return 'gift'
  return looksLikeTable(start) ? 'csv' : null
}

/** Whether bytes are those of a zip file. */
export function isZip(bytes: Uint8Array): boolean {
  return [0x50, 0x4b, 0x03, 0x04].every((byte, index) => bytes[index] === byte)
}

/** Notes of Anki before 2.1.54 have no headers: fields in HTML, with a tab between two. */
function looksLikeNotes(text: string): boolean {
  const [first = ''] = text.split('\n', 1)
  return /^(?!::|\/\/|\$)[^\t]*<(?:b|br|code|div|i|p|pre|span|u)\b[^\t]*\t/i.test(first)
}

function looksLikeGift(text: string): boolean {
  if (/^\s*\$CATEGORY:/m.test(text) || /^\s*::[^\n]+::/m.test(text)) return true
  return /(?<!\\)\{\s*(?:[=~#]|T|F|TRUE|FALSE|\})/.test(text)
}

function looksLikeTable(text: string): boolean {
  const [first = ''] = text.split('\n', 1)
  return [',', ';', '\t'].some((separator) => {
    const cells = first.split(separator).map((cell) => cell.replace(/^\s*"|"\s*$/g, ''))
    return columnsOf(cells) !== null
  })
}
