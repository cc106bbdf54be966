/** The types of matchers: the forms that labs write, and the record that each named form must have. */
import type { z } from 'zod'

export type Scalar = string | number | boolean | null

/** The named matchers, each with the type of its operand: the 2 of `{ length: 2 }`. */
export interface Operands {
  readonly equals: unknown
  readonly not: Matcher
  readonly contains: string | number
  readonly matches: string
  readonly absent: boolean
  readonly length: Matcher
  readonly all: Matcher
  readonly any: Matcher
  readonly has: Readonly<Record<string, Matcher>>
  readonly oneOf: readonly Scalar[]
  readonly error: Matcher
  readonly allOf: readonly Matcher[]
}

export type MatcherName = keyof Operands

/** An object with one key, the matcher's name. */
export type MatcherObject = { [N in MatcherName]: Pick<Operands, N> }[MatcherName]

/** A value, a text in one of its short forms, a list of matchers, or a named matcher. */
export type Matcher = Scalar | readonly Matcher[] | MatcherObject

/** The finding of a check: a value, nothing at all, or the error that came instead. */
export type Found = (
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'absent'; readonly message: string }
  | { readonly kind: 'error'; readonly message: string }
) & {
  /** What is not there, such as "There is no container called web"; left out when nothing is known to be missing. */
  readonly missing?: string | undefined
}

/** Asks another matcher. Records get this as a parameter, because matchers contain each other. */
export type Ask = (matcher: Matcher, found: Found) => boolean

/** All that Capstan knows about one matcher. */
export interface MatcherRecord<N extends MatcherName> {
  /** @param matcher the schema of any matcher, for those that contain others */
  readonly schema: (matcher: z.ZodType<Matcher>) => z.ZodType<Pick<Operands, N>>
  readonly matches: (operand: Operands[N], found: Found, ask: Ask) => boolean
  /** Says what the matcher wants; the words follow "Expected". */
  readonly inWords: (operand: Operands[N], words: (matcher: Matcher) => string) => string
  /** Lists the regular expressions in the operand, as they are written. */
  readonly patterns: (operand: Operands[N], patternsIn: (matcher: Matcher) => string[]) => string[]
}

export function asValue(value: unknown): Found {
  return { kind: 'value', value }
}

/** Makes the `matches` of a matcher that only a value can satisfy. */
export function onValue<T>(
  test: (operand: T, value: unknown, ask: (matcher: Matcher, part: unknown) => boolean) => boolean,
): (operand: T, found: Found, ask: Ask) => boolean {
  return (operand, found, ask) =>
    found.kind === 'value' && test(operand, found.value, (matcher, part) => ask(matcher, asValue(part)))
}

/** The `patterns` of a matcher whose operand is never a regular expression. */
export function noPatterns(): string[] {
  return []
}
