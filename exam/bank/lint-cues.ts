/** Checks for items that print the key of another one: in one form, the first answers the second. */
import { type Item, isOfExam } from '../format'
import { nameInFile } from './bank'
import { areJudged } from './judged'
import type { Report } from './report'
import { codeIn, exhibitTexts, rightOf, wrongOf } from './texts'

/** A piece of code that is this long, with more than the name of a command, is not written by chance. */
const LONG = 14
const SPECIFIC = /[-={]|(?:\S+ ){3}/
/** The least letters of a flag, path or file name that can be a cue. */
const TELLING = 10
/** What more items print is no cue: everybody who works with Docker has seen it. */
const MOST_PRINT = { code: 6, token: 3 }
/** A flag, a path, a file name with an ending, a port: what the key of a question may be about. */
const TOKEN =
  /--[a-z][a-z0-9-]{3,}|(?:\/[\w.-]+){2,}|[\w-]{3,}\.(?:json|pem|crt|cert|key|conf|sock|service|ya?ml|log)\b|(?<![\w.:-])\d{4,5}(?![\w.-])/g
const PORT = /^\d+$/

export interface Cue {
  /** The item whose key is printed. */
  readonly item: Item
  /** The item that prints it. */
  readonly other: Item
  readonly code: string
}

/** Warns of keys that another item prints, where a form may hold both. */
export function lintCues(cues: readonly Cue[], report: Report): void {
  for (const { item, other, code } of cues.filter((cue) => !areJudged(cue.item, cue.other)))
    report(other, ['stem'], {
      message: `"${nameInFile(other)}" prints \`${code}\`, which is in the key of "${nameInFile(item)}".`,
      help: 'Show less, name one in enemies of the other, or in distinct when it does not help.',
      severity: 'warning',
    })
}

/** Every item whose key another one prints, with the longest code, also those that somebody has compared. */
export function cuePairs(items: readonly Item[]): Cue[] {
  const shown = items.map((item) => normalised([item.stem, ...exhibitTexts(item)].join('\n')))
  return items.flatMap((item) => {
    const cues = tellingCode(item).flatMap(({ code, kind }): Cue[] => {
      const printing = items.filter((other, at) => other !== item && holds(shown[at] ?? '', code))
      return printing.length > MOST_PRINT[kind] ? [] : printing.map((other) => ({ item, other, code }))
    })
    return cues.filter((cue, at) => cues.findIndex(({ other }) => other === cue.other) === at)
  })
}

interface Telling {
  readonly code: string
  readonly kind: keyof typeof MOST_PRINT
}

/** The code of the key that neither the wrong options nor the item itself show, the longest first. */
function tellingCode(item: Item): Telling[] {
  // The others show all that belongs to their key, so nothing can be told.
  if (!isOfExam(item)) return []
  const open = normalised([item.stem, ...exhibitTexts(item), ...wrongOf(item)].join('\n'))
  const codes = rightOf(item).flatMap((text) => [
    ...codeIn(text).map(normalised).flatMap(codeOf),
    ...tokensOf(text),
  ])
  return codes.filter(({ code }) => !holds(open, code)).sort((a, b) => b.code.length - a.code.length)
}

function codeOf(code: string): Telling[] {
  return code.length >= LONG && SPECIFIC.test(code) ? [{ code, kind: 'code' }] : []
}

function tokensOf(text: string): Telling[] {
  return (normalised(text).match(TOKEN) ?? [])
    .filter((code) => code.length >= TELLING || PORT.test(code))
    .map((code) => ({ code, kind: 'token' }))
}

/** Names that authors choose say nothing, so a command with another name is the same command. */
const NAMES =
  /\b(web|api|db|app|site|shop|nginx|busybox|alpine|redis|postgres|worker\d|manager\d|node\d|host\d)\b(?:[:/][\w.-]+)?/g

function normalised(text: string): string {
  return text
    .toLowerCase()
    .replace(NAMES, '*')
    .replace(/[ \t]+/g, ' ')
}

/** Whether the code stands in the text as a whole, not as a part of a longer word. */
function holds(text: string, code: string): boolean {
  for (let at = text.indexOf(code); at >= 0; at = text.indexOf(code, at + 1)) {
    const [before = ' ', after = ' '] = [text[at - 1], text[at + code.length]]
    if (!/[\w-]/.test(before) && !/[\w-]/.test(after)) return true
  }
  return false
}
