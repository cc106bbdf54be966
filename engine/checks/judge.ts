/** Judges what was found: pure, so that it can be tested on recorded answers. */
import type { Check, Matcher } from '../labs'
import { type Found, inWords, matches, showFound } from './matchers'

export interface CheckResult {
  readonly state: 'green' | 'red' | 'error'
  readonly expected: string
  readonly found: string
  /** What a red check tells the student; empty for a green one. */
  readonly explanation: string
}

/** One part of what a check looked at, such as the status of an answer, with what it should be. */
export interface Part {
  /** Goes before the value when there are several parts: "status 404". */
  readonly name: string
  readonly found: Found
  readonly expect: Matcher
}

/** Green when every part is what it should be; else the first that is not is explained. */
export function judge(check: Pick<Check, 'name' | 'explain'>, parts: readonly Part[]): CheckResult {
  const wrong = parts.find((part) => !matches(part.expect, part.found))
  const told = wrong ?? parts[0]
  const named = (part: Part, text: string) =>
    parts.length > 1 || wrong ? `${part.name} ${text}`.trim() : text
  const expected = told ? named(told, inWords(told.expect)) : ''
  const found = told ? named(told, showFound(told.found)) : ''
  if (!wrong) return { state: 'green', expected, found, explanation: '' }
  return {
    state: 'red',
    expected,
    found,
    explanation: explain(check, { expected, found: showFound(wrong.found) }),
  }
}

/** A check that could not be looked at, in one sentence. */
export function failed(message: string): CheckResult {
  return { state: 'error', expected: '', found: '', explanation: `This could not be looked at: ${message}` }
}

function explain(
  check: Pick<Check, 'name' | 'explain'>,
  { expected, found }: { expected: string; found: string },
): string {
  if (!check.explain) return `Expected ${expected}, found ${found}.`
  const values: Readonly<Record<string, string>> = { actual: found, expected, name: check.name }
  return check.explain.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)
}
