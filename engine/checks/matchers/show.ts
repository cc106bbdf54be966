/** Shows values in words, and sees them as texts or records for matchers. */
import type { Found } from './matcher'

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

/** The whole text of a value; lists and objects become JSON. */
export function asText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** True for an object with named fields: not for a list, and not for null. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
