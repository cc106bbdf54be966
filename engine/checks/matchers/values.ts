/** Matchers about one value: `equals`, `oneOf`, `contains`, `matches`, `length` and `has`. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { type MatcherRecord, noPatterns, onValue } from './matcher'
import { toPattern } from './pattern'
import { asText, isRecord, show } from './show'

export const Scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const equals: MatcherRecord<'equals'> = {
  schema: () => z.strictObject({ equals: z.unknown() }),
  matches: onValue((wanted, value) => isDeepStrictEqual(wanted, value)),
  inWords: (wanted) => show(wanted),
  patterns: noPatterns,
}

export const oneOf: MatcherRecord<'oneOf'> = {
  schema: () => z.strictObject({ oneOf: z.array(Scalar) }),
  matches: onValue((choices, value) => choices.some((choice) => isDeepStrictEqual(choice, value))),
  inWords: (choices) => `one of ${choices.map(show).join(', ')}`,
  patterns: noPatterns,
}

export const contains: MatcherRecord<'contains'> = {
  schema: () => z.strictObject({ contains: z.union([z.string(), z.number()]) }),
  matches: onValue((part, value) => {
    if (Array.isArray(value)) return value.some((one) => isDeepStrictEqual(one, part))
    return isRecord(value) ? Object.hasOwn(value, String(part)) : asText(value).includes(String(part))
  }),
  inWords: (part) => `something that contains ${show(part)}`,
  patterns: noPatterns,
}

export const matches: MatcherRecord<'matches'> = {
  schema: () => z.strictObject({ matches: z.string() }),
  matches: onValue((pattern, value) => toPattern(pattern).test(asText(value))),
  inWords: (pattern) => `text that matches ${pattern}`,
  patterns: (pattern) => [pattern],
}

export const length: MatcherRecord<'length'> = {
  schema: (matcher) => z.strictObject({ length: matcher }),
  matches: onValue((wanted, value, ask) => ask(wanted, lengthOf(value))),
  inWords: (wanted, words) => (wanted === 0 ? 'nothing' : `a length of ${words(wanted)}`),
  patterns: (wanted, patternsIn) => patternsIn(wanted),
}

/** The length of a text, a list or an object; null for everything else. */
function lengthOf(value: unknown): number | null {
  if (typeof value === 'string' || Array.isArray(value)) return value.length
  return isRecord(value) ? Object.keys(value).length : null
}

export const has: MatcherRecord<'has'> = {
  schema: (matcher) => z.strictObject({ has: z.record(z.string(), matcher) }),
  matches: onValue(
    (wanted, value, ask) =>
      isRecord(value) &&
      Object.entries(wanted).every(([key, matcher]) =>
        ask(matcher, Object.hasOwn(value, key) ? value[key] : undefined),
      ),
  ),
  inWords: (wanted, words) =>
    Object.entries(wanted)
      .map(([key, matcher]) => `${key}: ${words(matcher)}`)
      .join(', ') || 'an object',
  patterns: (wanted, patternsIn) => Object.values(wanted).flatMap(patternsIn),
}
