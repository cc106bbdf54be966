/** Matchers about what is there at all: `absent`, `error` and `not`. */
import { z } from 'zod'
import { asValue, type Found, type Matcher, type MatcherRecord, noPatterns } from './matcher'

export const absent: MatcherRecord<'absent'> = {
  schema: () => z.strictObject({ absent: z.boolean() }),
  // An error does not say whether the thing is there.
  matches: (wanted, found) => found.kind !== 'error' && wanted === isAbsent(found),
  inWords: (wanted) => (wanted ? 'nothing there' : 'something there'),
  patterns: noPatterns,
}

function isAbsent(found: Exclude<Found, { kind: 'error' }>): boolean {
  if (found.kind === 'absent') return true
  return found.value === null || found.value === undefined || found.value === ''
}

export const error: MatcherRecord<'error'> = {
  schema: (matcher) => z.strictObject({ error: matcher }),
  matches: (message, found, ask) => found.kind !== 'value' && ask(message, asValue(found.message)),
  inWords: (message, words) => `an error: ${words(message)}`,
  patterns: (message, patternsIn) => patternsIn(message),
}

export const not: MatcherRecord<'not'> = {
  schema: (matcher) => z.strictObject({ not: matcher }),
  matches: (unwanted, found, ask) => canBeNegated(unwanted, found) && !ask(unwanted, found),
  inWords: (unwanted, words) => `anything but ${words(unwanted)}`,
  patterns: (unwanted, patternsIn) => patternsIn(unwanted),
}

/**
 * A missing value does not count as "anything but root": only a question about absence itself can be negated then, and
 * only a question about an error where there is one.
 */
function canBeNegated(unwanted: Matcher, found: Found): boolean {
  if (found.kind === 'value') return true
  if (typeof unwanted !== 'object' || unwanted === null) return false
  return Object.hasOwn(unwanted, 'error') || (found.kind === 'absent' && Object.hasOwn(unwanted, 'absent'))
}
