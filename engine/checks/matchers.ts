/** Matchers: pure questions to a value, each of which can say in words what it wants. */
import type { Matcher, MatcherObject } from '../labs'

const COMPARISON = /^(>=|<=|!=|>|<)\s*(-?\d+(?:\.\d+)?)$/
const PATTERN = /^\/(.*)\/([dimsuv]*)$/s

/** What was looked at: a value, nothing at all, or the error that came instead. */
export type Found =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'absent'; readonly message: string }
  | { readonly kind: 'error'; readonly message: string }

/** Whether what was found is what the matcher wants. */
export function matches(matcher: Matcher, found: Found): boolean {
  const form = asObject(matcher)
  if (form && 'error' in form) {
    return found.kind !== 'value' && matches(form.error, { kind: 'value', value: found.message })
  }
  if (form && 'absent' in form) return form.absent === isAbsent(found)
  if (form && 'not' in form)
    return (found.kind === 'value' || asksForAbsence(form.not)) && !matches(form.not, found)
  if (form && 'allOf' in form) return form.allOf.every((one) => matches(one, found))
  return found.kind === 'value' && matchesValue(matcher, found.value)
}

/** What is not there is not "anything but root": only a question about absence itself can be turned round. */
function asksForAbsence(matcher: Matcher): boolean {
  const form = asObject(matcher)
  return form !== null && ('absent' in form || 'error' in form)
}

function isAbsent(found: Found): boolean {
  return (
    found.kind === 'absent' ||
    (found.kind === 'value' && (found.value === null || found.value === undefined || found.value === ''))
  )
}

function matchesValue(matcher: Matcher, value: unknown): boolean {
  if (typeof matcher === 'string') return matchesText(matcher, value)
  const inner = (one: Matcher, part: unknown) => matches(one, { kind: 'value', value: part })
  if (isList(matcher)) {
    return (
      Array.isArray(value) &&
      value.length === matcher.length &&
      matcher.every((one, index) => inner(one, value[index]))
    )
  }
  const form = asObject(matcher)
  if (!form) return isDeepEqual(matcher, value)
  if ('equals' in form) return isDeepEqual(form.equals, value)
  if ('contains' in form) return contains(value, form.contains)
  if ('matches' in form) return toPattern(form.matches).test(asText(value))
  if ('length' in form) return inner(form.length, lengthOf(value))
  if ('all' in form)
    return Array.isArray(value) && value.length > 0 && value.every((part) => inner(form.all, part))
  if ('any' in form) return Array.isArray(value) && value.some((part) => inner(form.any, part))
  if ('oneOf' in form) return form.oneOf.some((one) => isDeepEqual(one, value))
  if ('has' in form) {
    const fields = asRecord(value)
    return fields !== null && Object.entries(form.has).every(([key, one]) => inner(one, fields[key]))
  }
  return false
}

/** Array.isArray does not know read-only lists. */
function isList(matcher: Matcher): matcher is readonly Matcher[] {
  return Array.isArray(matcher)
}

function matchesText(matcher: string, value: unknown): boolean {
  const comparison = COMPARISON.exec(matcher)
  if (comparison?.[1] && comparison[2])
    return compare(comparison[1], Number(value), Number(comparison[2]), value)
  if (PATTERN.test(matcher))
    return value !== null && value !== undefined && toPattern(matcher).test(asText(value))
  return asText(value) === matcher && typeof value !== 'object'
}

function compare(operator: string, left: number, right: number, raw: unknown): boolean {
  if (raw === null || raw === undefined || raw === '' || Number.isNaN(left)) return false
  if (operator === '>=') return left >= right
  if (operator === '<=') return left <= right
  if (operator === '>') return left > right
  if (operator === '<') return left < right
  return left !== right
}

function contains(value: unknown, part: string | number): boolean {
  if (Array.isArray(value)) return value.some((one) => isDeepEqual(one, part))
  const fields = asRecord(value)
  if (fields) return String(part) in fields
  return asText(value).includes(String(part))
}

/** A length that makes sense for text, lists and objects; of anything else there is none. */
function lengthOf(value: unknown): number | null {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  const fields = asRecord(value)
  return fields ? Object.keys(fields).length : null
}

function toPattern(text: string): RegExp {
  const [, body = text, flags = ''] = PATTERN.exec(text) ?? []
  // Flags g and y would make the answer depend on the one before.
  return new RegExp(body, flags.replace(/[gy]/g, ''))
}

/** What the matcher wants, to go after "Expected". */
export function inWords(matcher: Matcher): string {
  if (typeof matcher === 'string') return textInWords(matcher)
  const form = asObject(matcher)
  if (!form) return show(matcher)
  if ('equals' in form) return show(form.equals)
  if ('not' in form) return `anything but ${inWords(form.not)}`
  if ('contains' in form) return `something that contains ${show(form.contains)}`
  if ('matches' in form) return `text that matches ${form.matches}`
  if ('absent' in form) return form.absent ? 'nothing there' : 'something there'
  if ('length' in form) return `a length of ${inWords(form.length)}`
  if ('all' in form) return `each to be ${inWords(form.all)}`
  if ('any' in form) return `at least one to be ${inWords(form.any)}`
  if ('oneOf' in form) return `one of ${form.oneOf.map(show).join(', ')}`
  if ('error' in form) return `an error: ${inWords(form.error)}`
  if ('allOf' in form) return form.allOf.map(inWords).join(', and ')
  return (
    Object.entries(form.has)
      .map(([key, one]) => `${key}: ${inWords(one)}`)
      .join(', ') || 'an object'
  )
}

const WORDS: Readonly<Record<string, string>> = {
  '>=': 'at least',
  '<=': 'at most',
  '>': 'more than',
  '<': 'less than',
  '!=': 'anything but',
}

function textInWords(matcher: string): string {
  const comparison = COMPARISON.exec(matcher)
  if (comparison?.[1]) return `${WORDS[comparison[1]]} ${comparison[2]}`
  return PATTERN.test(matcher) ? `text that matches ${matcher}` : show(matcher)
}

const LONGEST = 200

/** A value in one short line. */
export function show(value: unknown): string {
  if (value === null || value === undefined) return 'nothing'
  if (value === '') return 'an empty text'
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replace(/\s+/g, ' ').trim()
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

export function showFound(found: Found): string {
  return found.kind === 'value' ? show(found.value) : found.message
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}

/** Not a type guard: text has a length too, so to the compiler it would be a `{ length }`. */
function asObject(matcher: Matcher): MatcherObject | null {
  const isObject = typeof matcher === 'object' && matcher !== null && !Array.isArray(matcher)
  return isObject ? (matcher as MatcherObject) : null
}

function isDeepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((one, index) => isDeepEqual(one, b[index]))
  const [left, right] = [asRecord(a), asRecord(b)]
  if (!left || !right) return false
  const keys = Object.keys(left)
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => key in right && isDeepEqual(left[key], right[key]))
  )
}
