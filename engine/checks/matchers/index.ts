/** Matchers: pure questions to a value, each of which can say in words what it wants. */
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import { all, allOf, any } from './lists'
import {
  asValue,
  type Found,
  type Matcher,
  type MatcherName,
  type MatcherRecord,
  type Operands,
} from './matcher'
import { absent, error, not } from './presence'
import { matchesText, patternsInText, textInWords } from './short-forms'
import { show } from './show'
import { contains, equals, has, length, oneOf, matches as pattern, Scalar } from './values'

export { asValue, type Found } from './matcher'
export { type Pattern, patternError, patternOf } from './pattern'
export { isNothing, show, showFound, wholeOf } from './show'

/** Every named matcher. The compiler refuses the list when one of them is missing. */
const MATCHERS: { readonly [N in MatcherName]: MatcherRecord<N> } = {
  equals,
  not,
  contains,
  matches: pattern,
  absent,
  length,
  all,
  any,
  has,
  oneOf,
  error,
  allOf,
}

export type { Matcher } from './matcher'
/** The schema of a matcher in a file. */
export const MatcherFile: z.ZodType<Matcher> = z.lazy(() =>
  z.union([
    Scalar,
    z.array(MatcherFile),
    ...Object.values(MATCHERS).map(({ schema }) => schema(MatcherFile)),
  ]),
)

/** A named matcher, taken apart. */
type Named<N extends MatcherName = MatcherName> = {
  [K in N]: { readonly name: K; readonly operand: Operands[K] }
}[N]

/** Takes a named matcher apart; null for a value and for a list. */
function namedOf(matcher: Matcher): Named | null {
  if (typeof matcher !== 'object' || matcher === null) return null
  const [[name, operand] = []] = Object.entries(matcher)
  return name !== undefined && Object.hasOwn(MATCHERS, name) ? ({ name, operand } as Named) : null
}

/** True when the check found what the matcher wants. @throws SyntaxError for a pattern that does not compile */
export function matches(matcher: Matcher, found: Found): boolean {
  const named = namedOf(matcher)
  if (named) return matchesNamed(named, found)
  if (found.kind !== 'value') return false
  if (typeof matcher === 'string') return matchesText(matcher, found.value)
  if (isList(matcher)) return matchesList(matcher, found.value)
  return isDeepStrictEqual(matcher, found.value)
}

function matchesNamed<N extends MatcherName>({ name, operand }: Named<N>, found: Found): boolean {
  return MATCHERS[name].matches(operand, found, matches)
}

function matchesList(matchers: readonly Matcher[], value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length === matchers.length &&
    matchers.every((matcher, index) => matches(matcher, asValue(value[index])))
  )
}

/** Array.isArray does not recognise a read-only list. */
function isList(matcher: Matcher): matcher is readonly Matcher[] {
  return Array.isArray(matcher)
}

/** Says what the matcher wants; the words follow "Expected". */
export function inWords(matcher: Matcher): string {
  const named = namedOf(matcher)
  if (named) return namedInWords(named)
  return typeof matcher === 'string' ? textInWords(matcher) : show(matcher)
}

function namedInWords<N extends MatcherName>({ name, operand }: Named<N>): string {
  return MATCHERS[name].inWords(operand, inWords)
}

/** Lists every regular expression in a matcher, as it is written. */
export function patternsIn(matcher: Matcher): string[] {
  const named = namedOf(matcher)
  if (named) return patternsInNamed(named)
  if (isList(matcher)) return matcher.flatMap(patternsIn)
  return typeof matcher === 'string' ? patternsInText(matcher) : []
}

function patternsInNamed<N extends MatcherName>({ name, operand }: Named<N>): string[] {
  return MATCHERS[name].patterns(operand, patternsIn)
}
