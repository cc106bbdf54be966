/** Matchers about several at once: `all` and `any` of a list's members, `allOf` for several matchers. */
import { z } from 'zod'
import { type MatcherRecord, onValue } from './matcher'

export const all: MatcherRecord<'all'> = {
  schema: (matcher) => z.strictObject({ all: matcher }),
  // An empty list has no member that could be wrong, but the student has not done anything yet.
  matches: onValue(
    (wanted, value, ask) =>
      Array.isArray(value) && value.length > 0 && value.every((member) => ask(wanted, member)),
  ),
  inWords: (wanted, words) => `each to be ${words(wanted)}`,
  patterns: (wanted, patternsIn) => patternsIn(wanted),
}

export const any: MatcherRecord<'any'> = {
  schema: (matcher) => z.strictObject({ any: matcher }),
  matches: onValue(
    (wanted, value, ask) => Array.isArray(value) && value.some((member) => ask(wanted, member)),
  ),
  inWords: (wanted, words) => `at least one to be ${words(wanted)}`,
  patterns: (wanted, patternsIn) => patternsIn(wanted),
}

export const allOf: MatcherRecord<'allOf'> = {
  schema: (matcher) => z.strictObject({ allOf: z.array(matcher) }),
  matches: (wanted, found, ask) => wanted.every((matcher) => ask(matcher, found)),
  inWords: (wanted, words) => wanted.map(words).join(', and '),
  patterns: (wanted, patternsIn) => wanted.flatMap(patternsIn),
}
