/**
 * Regular expressions as labs write them, `/…/flags`: the only place that reads this form.
 *
 * RE2 evaluates them, in time that grows with the text and no faster (decision 32). The RegExp of JavaScript may need
 * hours for a short text, and nothing can interrupt it.
 */
import { RE2JS } from 're2js'

/** Flags g and y are left out: with them an answer would depend on the one before. */
const FORM = /^\/(.*)\/([dimsuv]*)$/s

/** Characters. A pattern of this length is compiled within a second. */
const LONGEST = 1_000
/** Instructions: four times the largest pattern of our labs. The time is the product of these and of the text. */
const LARGEST = 250
/** Compiled patterns that are kept: more than all labs have together. */
const KEPT = 500

export interface Pattern {
  /** True when the pattern is found anywhere in the text. */
  test(text: string): boolean
  /** The end of the first place at which the pattern is found, or null. */
  endOf(text: string): number | null
}

/** True for a text in the form `/…/flags`. */
export function isPattern(text: string): boolean {
  return FORM.test(text)
}

const compiled = new Map<string, Pattern>()

/**
 * The pattern of a text; the slashes may be left out where nothing but a pattern can stand.
 * @throws SyntaxError when it does not compile
 */
export function toPattern(text: string): Pattern {
  const known = compiled.get(text)
  if (known) return known
  const [, body = text, flags = ''] = FORM.exec(text) ?? []
  const pattern = patternOf(body, flags)
  const [oldest] = compiled.keys()
  if (compiled.size >= KEPT && oldest !== undefined) compiled.delete(oldest)
  compiled.set(text, pattern)
  return pattern
}

/**
 * @param flags those of JavaScript: i, m and s have their meaning, and u, v and d change nothing here
 * @throws SyntaxError when it does not compile
 */
export function patternOf(body: string, flags: string): Pattern {
  const regex = compile(body, flags)
  return {
    test: (text) => regex.test(text),
    endOf: (text) => {
      const matcher = regex.matcher(text)
      return matcher.find() ? matcher.end() : null
    },
  }
}

function compile(body: string, flags: string): RE2JS {
  if (body.length > LONGEST) throw new SyntaxError(`it has more than ${LONGEST} characters`)
  if (new Set(flags).size < flags.length) throw new SyntaxError(`a flag of "${flags}" is there twice`)
  const has = (flag: string, value: number) => (flags.includes(flag) ? value : 0)
  const options = has('i', RE2JS.CASE_INSENSITIVE) | has('m', RE2JS.MULTILINE) | has('s', RE2JS.DOTALL)
  const regex = compiledOrReason(body, options)
  if (regex.programSize() > LARGEST) throw new SyntaxError('it is too large, by its repetitions')
  return regex
}

function compiledOrReason(body: string, options: number): RE2JS {
  try {
    return RE2JS.compile(RE2JS.translateRegExp(body), options)
  } catch (error) {
    throw new SyntaxError(reasonOf(body, error))
  }
}

/** The parts of JavaScript's patterns that have no linear time, by the names that their authors know. */
const UNSUPPORTED: readonly (readonly [RegExp, string])[] = [
  [/\(\?(=|!)/, 'lookaheads, such as (?=…), are not supported'],
  [/\(\?<(=|!)/, 'lookbehinds, such as (?<=…), are not supported'],
  [/\\(\d|k<)/, 'references to groups, such as \\1, are not supported'],
]

function reasonOf(body: string, error: unknown): string {
  const reason = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error)
  return UNSUPPORTED.find(([form]) => form.test(body))?.[1] ?? reason
}

/** Why a pattern does not compile, or null when it does. */
export function patternError(text: string): string | null {
  try {
    toPattern(text)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
