/** The lines of a journal: which of them are entries, and what the others are. */
import { z } from 'zod'

/** Goes up when an older Capstan can no longer understand the entries. It then leaves the journals alone. */
const JOURNAL_VERSION = 1
const NEWLINE = 10

export interface JournalLines<T> {
  readonly entries: readonly T[]
  /** The length of the entries in bytes. */
  readonly whole: number
  /** The number of the first line that is no entry; null when all whole lines are entries. */
  readonly damagedLine: number | null
  /** A newer Capstan wrote at least one line. */
  readonly isNewer: boolean
}

/** The line of an entry. */
export function lineText(entry: object): string {
  return `${JSON.stringify({ v: JOURNAL_VERSION, ...entry })}\n`
}

/** Reads the whole lines. What follows the last newline is the part of a line that was never finished. */
export function linesOf<T>(bytes: Buffer, entry: z.ZodType<T>): JournalLines<T> {
  const entries: T[] = []
  let [whole, number] = [0, 0]
  let damagedLine: number | null = null
  for (let start = 0, end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
    number++
    const line = lineOf(bytes.toString('utf8', start, end), entry)
    start = end + 1
    if (line.kind === 'newer') return { entries, whole, damagedLine, isNewer: true }
    if (line.kind === 'damaged') damagedLine ??= number
    else if (damagedLine === null) {
      entries.push(line.entry)
      whole = start
    }
  }
  return { entries, whole, damagedLine, isNewer: false }
}

type Line<T> =
  | { readonly kind: 'entry'; readonly entry: T }
  | { readonly kind: 'newer' }
  | { readonly kind: 'damaged' }

function lineOf<T>(text: string, entry: z.ZodType<T>): Line<T> {
  const raw = jsonOf(text)
  if (versionOf(raw) > JOURNAL_VERSION) return { kind: 'newer' }
  const parsed = entry.safeParse(raw)
  if (parsed.success) return { kind: 'entry', entry: parsed.data }
  return { kind: parsed.error.issues.every((issue) => isUnknownKind(issue, raw)) ? 'newer' : 'damaged' }
}

/** Undefined for a text that is not JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Entries without a version are of the first one. */
function versionOf(raw: unknown): number {
  const isVersioned = typeof raw === 'object' && raw !== null && 'v' in raw && typeof raw.v === 'number'
  return isVersioned ? Number(raw.v) : 1
}

const KindOfEvent = z.string().regex(/^[a-z][a-z-]*$/)

/** An event of a kind that this Capstan does not know is of a newer one, and no damage. */
function isUnknownKind(issue: z.core.$ZodIssue, raw: unknown): boolean {
  if (issue.code !== 'invalid_union' || issue.errors.length > 0) return false
  const found = issue.path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    raw,
  )
  return KindOfEvent.safeParse(found).success
}
