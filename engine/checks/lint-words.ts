/** Finds sentences of a check that a student could not read: with JSON, patterns or answers in them, or without an end. */
import { type Check, type CheckFlaw, matchersOf } from './kinds'
import { patternError, patternsIn } from './matchers'
import { isStatic, unknownPlaceholders } from './sentence'

/** The keys of a check that hold a sentence. */
const SENTENCES = ['explain', 'missing'] as const
type Key = (typeof SENTENCES)[number]

interface Rule {
  readonly breaks: (sentence: string) => boolean
  readonly message: string
  readonly help: string
}

/** What no sentence may have, whatever it says. Code between backticks may have all of it. */
const RULES: readonly Rule[] = [
  {
    breaks: (sentence) =>
      /[[{]\s*["'[]|\[(\d+|true|false|null)\s*[,\]]|"\s*:\s*["\d[{]/.test(withoutCode(sentence)),
    message: 'The sentence has JSON in it.',
    help: 'Write a list as "a, b and c", and name the fields.',
  },
  {
    breaks: (sentence) => /\\[dwsbDWSB.]|\.[*+]|\(\?|\[\^|\/\^|\$\//.test(withoutCode(sentence)),
    message: 'The sentence has a regular expression in it.',
    help: 'Say in words what is looked for.',
  },
  {
    breaks: (sentence) => /\.\s*\.(?!\.)|[!?]\s*[.!?]|\.\.\./.test(withoutCode(sentence)),
    message: 'The sentence has two marks at one end.',
    help: 'Leave one of them out; for what is left out write the single character "…".',
  },
  {
    breaks: (sentence) => !/[.!?](["'”’)]|`)?$/.test(sentence.trim()),
    message: 'The sentence does not end with a mark.',
    help: 'End it with a full stop. A value brings no mark of its own.',
  },
  {
    breaks: (sentence) => sentence.split('`').length % 2 === 0,
    message: 'The sentence has a backtick without its partner.',
    help: 'Put code between two backticks.',
  },
]

function withoutCode(sentence: string): string {
  return sentence.replace(/`[^`]*`/g, 'code')
}

/** Everything about a check's words that its author should change. */
export function wordFlaws(check: Check): CheckFlaw[] {
  return [
    ...SENTENCES.flatMap((key) => sentenceFlaws(check, key)),
    ...templateFlaws(check),
    ...secretFlaws(check),
    ...patternWords(check),
  ]
}

function sentenceFlaws(check: Check, key: Key): CheckFlaw[] {
  const sentence = check[key]
  if (sentence === null) return []
  const unknown = unknownPlaceholders(sentence)
  if (unknown.length > 0)
    return unknown.map((name) =>
      flaw(key, `"{${name}}" is no placeholder.`, 'There are {actual}, {expected} and {name}.'),
    )
  const broken = RULES.filter(({ breaks }) => breaks(sentence))
  return broken.map(({ message, help }) => flaw(key, message, help))
}

/** A template needs a value. A script may fail without one, and what it complains of is no part of a sentence. */
function templateFlaws(check: Check): CheckFlaw[] {
  const { explain, missing } = check
  const flaws: CheckFlaw[] = []
  if (missing !== null && !isStatic(missing))
    flaws.push(
      flaw(
        'missing',
        'While nothing is there, there is no value for {actual}.',
        'Write the sentence without it.',
      ),
    )
  if (explain !== null && !isStatic(explain) && missing === null && isSilent(check))
    flaws.push(flaw('explain', 'A script that fails has no value for {actual}.', SAY_SO))
  if (explain?.includes('{expected}') && check.expected === null && hasPattern(check))
    flaws.push(
      flaw('explain', 'A pattern is never shown.', 'Say in words what is expected, with expected: "…".'),
    )
  return flaws
}

const SAY_SO =
  'Let the script print what it found and exit with 1, write the sentence without it, or add missing: "…".'

/** True for a script of which only success is expected, and which never says what it found. */
function isSilent(check: Check): boolean {
  return check.kind === 'exec' && check.expect.stdout === undefined && !/\b(echo|printf)\b/.test(check.run)
}

function secretFlaws(check: Check): CheckFlaw[] {
  if (!check.secret) return []
  if (check.explain === null)
    return [flaw('secret', 'A secret check needs a sentence of its author.', 'Add explain: "…".')]
  return SENTENCES.flatMap((key) => {
    const sentence = check[key] ?? ''
    const tells =
      sentence.includes('{expected}') || answersOf(check).some((answer) => hasWord(sentence, answer))
    if (!tells) return []
    return [
      flaw(
        key,
        'The sentence tells what the student has to find out.',
        'Say what to look for, not what it is.',
      ),
    ]
  })
}

/** A single letter or digit is in many sentences by accident. */
const SHORTEST_ANSWER = 2

/** What a check expects, as far as it is a text or a number that a sentence could give away. */
function answersOf(check: Check): string[] {
  // For a pattern the author's words are the answer; elsewhere they only say what a script compares.
  const words = hasPattern(check) ? [check.expected ?? ''] : matchersOf(check).flatMap(textsIn)
  return words.filter((answer) => answer.length >= SHORTEST_ANSWER)
}

/** The texts and numbers in a matcher. */
function textsIn(matcher: unknown): string[] {
  if (typeof matcher === 'string' || typeof matcher === 'number') return [String(matcher)]
  return typeof matcher === 'object' && matcher !== null ? Object.values(matcher).flatMap(textsIn) : []
}

function hasWord(sentence: string, answer: string): boolean {
  const letter = /[\p{L}\p{N}]/u
  const at = sentence.indexOf(answer)
  if (at === -1) return false
  return !letter.test(sentence[at - 1] ?? '') && !letter.test(sentence[at + answer.length] ?? '')
}

/** A pattern has no words. Where neither the author nor a sentence has any, a student reads nothing. */
function patternWords(check: Check): CheckFlaw[] {
  if (!hasPattern(check) || check.explain !== null || check.expected !== null) return []
  // One that does not compile is a problem of its own.
  if (patternsOf(check).some((pattern) => patternError(pattern) !== null)) return []
  const help = 'Add explain: "…", or expected: "…" for the words after Expected.'
  return [flaw('expect', 'A pattern is never shown, and there are no words for it.', help)]
}

function patternsOf(check: Check): string[] {
  return matchersOf(check).flatMap(patternsIn)
}

function hasPattern(check: Check): boolean {
  return patternsOf(check).length > 0
}

function flaw(key: string, message: string, help: string): CheckFlaw {
  return { place: [key], message, help }
}
