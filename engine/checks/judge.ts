/** Judges the findings of a check. Nothing here touches a node, so it is tested on recorded answers. */
import type { CheckCommon, Part } from './kinds'
import { inWords, isNothing, matches, patternsIn, showFound, wholeOf } from './matchers'
import { fill, isStatic } from './sentence'

export interface CheckResult {
  /** `missing`: the thing that the check asks about is not there yet. */
  readonly state: 'green' | 'red' | 'missing' | 'error'
  /** What is expected, in words; empty where words would say nothing to a student, such as a pattern. */
  readonly expected: string
  /** A line of what was found. */
  readonly found: string
  /** All that was found, when it is more than a line; at most 4,000 characters. */
  readonly whole?: string | undefined
  /** The sentence that the student reads while the check is not green; empty when it is. */
  readonly explanation: string
}

/** The parts of a check that its words depend on. */
type Explained = Pick<CheckCommon, 'name' | 'explain'> &
  Partial<Pick<CheckCommon, 'missing' | 'expected' | 'secret' | 'guard'>>

/** Judges a check: it is green when all of its parts match. Otherwise the first part that does not match is explained. */
export function judge(check: Explained, parts: readonly Part[]): CheckResult {
  const { wrong, facts } = compare(check, parts)
  if (!wrong) return { state: 'green', ...facts, explanation: '' }
  return { ...facts, ...verdict(check, wrong, facts) }
}

/**
 * Judges a check for its author, who has no sentences yet: what is not as it should be is told with all there is to say
 * about it, patterns and errors too.
 */
export function judgeForAuthor(check: Explained, parts: readonly Part[]): CheckResult {
  const result = judge(check, parts)
  const wrong = wrongOf(parts)
  if (!wrong) return result
  const expected = `${wrong.name} ${inWords(wrong.expect)}`.trim()
  return { ...result, explanation: `Expected ${expected}, found ${showFound(wrong.found)}.` }
}

function wrongOf(parts: readonly Part[]): Part | undefined {
  return parts.find(({ expect, found }) => !matches(expect, found))
}

type Facts = Pick<CheckResult, 'expected' | 'found' | 'whole'>

function compare(check: Explained, parts: readonly Part[]): { wrong: Part | undefined; facts: Facts } {
  const wrong = wrongOf(parts)
  const shown = wrong ?? parts[0]
  if (!shown) return { wrong, facts: { expected: '', found: '' } }
  // A single part that is right needs no name: the check's own name says what it is.
  const named = (text: string) =>
    text && (parts.length > 1 || wrong) ? `${shown.name} ${text}`.trim() : text
  const whole = wholeOf(shown.found)
  return {
    wrong,
    facts: {
      expected: check.expected ?? named(expectedWords(shown)),
      found: shown.found.kind !== 'value' && shown.found.message === '' ? '' : named(showFound(shown.found)),
      ...(whole !== undefined && { whole }),
    },
  }
}

function expectedWords({ words, expect }: Part): string {
  return words ?? (patternsIn(expect).length > 0 ? '' : inWords(expect))
}

type Verdict = Pick<CheckResult, 'state' | 'explanation'>

/** State and sentence of a check that is not green. A template is only used where there is a value to put into it. */
function verdict(check: Explained, { found }: Part, { expected }: Facts): Verdict {
  const { guard = false, missing, explain } = check
  if (found.missing !== undefined || found.kind === 'absent' || (missing && isEmpty(found)))
    return guard
      ? lost(check, found.missing)
      : { state: 'missing', explanation: missing ?? clause(found.missing, 'yet') }
  if (found.kind === 'value') {
    const filled = { actual: showFound(found), expected, name: check.name }
    return { state: 'red', explanation: fill(explain ?? ownWords(check, expected), filled) }
  }
  if (explain && isStatic(explain)) return { state: 'red', explanation: explain }
  if (missing) return { state: guard ? 'red' : 'missing', explanation: missing }
  return { state: 'red', explanation: 'This did not work.' }
}

function isEmpty(found: Part['found']): boolean {
  return found.kind === 'value' && isNothing(found.value)
}

/** What a guard protects was there when the step opened. */
function lost({ explain, missing }: Explained, absent: string | undefined): Verdict {
  if (explain && isStatic(explain)) return { state: 'red', explanation: explain }
  return { state: 'red', explanation: missing ?? clause(absent, 'any more') }
}

function clause(missing: string | undefined, end: 'yet' | 'any more'): string {
  return `${missing ?? 'This is not there'} ${end}.`
}

/** A sentence for a check whose author has written none. */
function ownWords({ secret }: Explained, expected: string): string {
  if (secret) return 'This is not right yet.'
  return expected ? 'Expected {expected}, found {actual}.' : 'This is not right yet. Found: {actual}.'
}

/**
 * The result of a check that could not be looked at.
 * @param error the words of an error that a student can do nothing about
 */
export function failed(explanation: string, error = ''): CheckResult {
  return { state: 'error', expected: '', found: error, explanation }
}
