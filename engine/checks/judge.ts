/** Judges the findings of a check. Nothing here touches a node, so it is tested on recorded answers. */
import type { CheckCommon, Part } from './kinds'
import { inWords, matches, showFound } from './matchers'

export interface CheckResult {
  readonly state: 'green' | 'red' | 'error'
  readonly expected: string
  readonly found: string
  /** The sentence that the student reads while the check is red; empty when it is green. */
  readonly explanation: string
}

type Explained = Pick<CheckCommon, 'name' | 'explain'>

/** Judges a check: it is green when all of its parts match. Otherwise the first part that does not match is explained. */
export function judge(check: Explained, parts: readonly Part[]): CheckResult {
  const wrong = parts.find((part) => !matches(part.expect, part.found))
  const shown = wrong ?? parts[0]
  // A single part that is right needs no name: the check's own name says what it is.
  const named = (name: string, text: string) => (parts.length > 1 || wrong ? `${name} ${text}`.trim() : text)
  const expected = shown ? named(shown.name, inWords(shown.expect)) : ''
  const found = shown ? named(shown.name, showFound(shown.found)) : ''
  if (!wrong) return { state: 'green', expected, found, explanation: '' }
  const explanation = explain(check, { expected, found: showFound(wrong.found) })
  return { state: 'red', expected, found, explanation }
}

/** The result of a check whose node could not be looked at. */
export function failed(message: string): CheckResult {
  return { state: 'error', expected: '', found: '', explanation: `This could not be looked at: ${message}` }
}

/** The names that an explanation may use in braces. */
const PLACEHOLDERS = ['actual', 'expected', 'name'] as const
const PLACEHOLDER = /\{(\w+)\}/g

function explain(check: Explained, { expected, found }: { expected: string; found: string }): string {
  if (!check.explain) return `Expected ${expected}, found ${found}.`
  const values: Readonly<Record<(typeof PLACEHOLDERS)[number], string>> = {
    actual: found,
    expected,
    name: check.name,
  }
  return check.explain.replace(PLACEHOLDER, (whole, name: string) =>
    isPlaceholder(name) ? values[name] : whole,
  )
}

function isPlaceholder(name: string): name is (typeof PLACEHOLDERS)[number] {
  return PLACEHOLDERS.some((known) => known === name)
}

/** The names in braces of an explanation that nothing fills in. */
export function unknownPlaceholders(explain: string): string[] {
  return [...explain.matchAll(PLACEHOLDER)]
    .map(([, name = '']) => name)
    .filter((name) => !isPlaceholder(name))
}
