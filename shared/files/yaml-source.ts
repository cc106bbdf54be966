/** A YAML file that knows the place of each value, so that problems can name their line. */
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { normalized } from './plain-text'
import type { FileProblem } from './problem'
import { flawsOfValues } from './yaml-flaws'
import { type Refusal, refusalOf, YAML_LIMITS } from './yaml-limits'

/** More problems of one file say nothing new, and finding their places takes time. */
const MOST_PROBLEMS = 20
/** Characters. */
const LONGEST_MESSAGE = 200

export type Place = readonly PropertyKey[]

export class YamlSource {
  readonly #file: string
  readonly #guide: string
  readonly #lines = new LineCounter()
  readonly #document: Document
  readonly #refusal: Refusal | null

  /**
   * @param file the name of the file in problems
   * @param guide the document that explains the format, for the help of problems
   */
  constructor(file: string, text: string, guide = 'labs/README.md') {
    this.#file = file
    this.#guide = guide
    const plain = normalized(text)
    this.#refusal = refusalOf(plain)
    // Keys are compared later: the parser compares each with each, which takes minutes for a large file.
    const options = { lineCounter: this.#lines, uniqueKeys: false, prettyErrors: false }
    this.#document = parseDocument(this.#refusal ? '' : plain, options)
    if (this.#refusal) addLines(this.#lines, plain.slice(0, this.#refusal.offset))
  }

  /** The value, or the reasons why the text is not YAML. Aliases are limited, so that a small file cannot grow huge. */
  read(): { value: unknown; problems: FileProblem[] } {
    const problems = this.#problems()
    if (problems.length > 0) return { value: null, problems }
    try {
      return { value: this.#document.toJS({ maxAliasCount: YAML_LIMITS.aliases }), problems }
    } catch (error) {
      const message = short(error instanceof Error ? error.message : String(error))
      return {
        value: null,
        problems: [this.#problemAt(0, message, 'Write the values out instead of using so many aliases.')],
      }
    }
  }

  /** Why the text cannot be used. What follows from a wrong syntax is not told, and neither is a flood of problems. */
  #problems(): FileProblem[] {
    if (this.#refusal)
      return [this.#problemAt(this.#refusal.offset, this.#refusal.message, this.#refusal.help)]
    const { errors, warnings } = this.#document
    const syntax = [...errors, ...warnings].slice(0, MOST_PROBLEMS)
    if (syntax.length > 0) {
      return syntax.map(({ pos, code, message }) =>
        this.#problemAt(pos[0], plainYamlError(code, message), 'Correct the YAML here, then look again.'),
      )
    }
    return flawsOfValues(this.#document)
      .slice(0, MOST_PROBLEMS)
      .map(({ offset, message, help }) => this.#problemAt(offset, message, help))
  }

  problem(
    place: Place,
    message: string,
    { help = '', severity = 'error' }: { help?: string; severity?: FileProblem['severity'] } = {},
  ): FileProblem {
    return { ...this.#problemAt(this.#offset(place), message, help), severity }
  }

  /**
   * All problems that a schema found, each at its line.
   * @param above the place of the parsed value in the file
   */
  schemaProblems(error: z.ZodError, above: Place = []): FileProblem[] {
    // A misspelt key comes before the one that is missing for it.
    const isMisspelt = (issue: z.core.$ZodIssue) => issue.code === 'unrecognized_keys'
    const issues = [...error.issues].sort((a, b) => Number(isMisspelt(b)) - Number(isMisspelt(a)))
    return issues
      .slice(0, MOST_PROBLEMS)
      .flatMap((issue) => this.#issueProblems(issue, above))
      .slice(0, MOST_PROBLEMS)
  }

  #issueProblems(issue: z.core.$ZodIssue, above: Place): FileProblem[] {
    const place = [...above, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.slice(0, MOST_PROBLEMS).map((key) =>
        this.problem([...place, key], `The key "${short(key)}" is not known here.`, {
          help: `Remove it, or see how it is spelt in ${this.#guide}.`,
        }),
      )
    }
    if (issue.code === 'invalid_union') return this.#unionProblems(issue, place)
    // In a file that is a list, the line says which entry it is.
    const shown = typeof place[0] === 'number' && place.length > 1 ? place.slice(1) : place
    const name = shown.length > 0 ? `"${shown.map(String).join('.')}"` : 'The file'
    return [
      this.problem(place, `${name}: ${issue.message}.`, { help: helpFor(issue) ?? `See ${this.#guide}.` }),
    ]
  }

  /** A value may have several forms. The problems are those of the form that fits best. */
  #unionProblems(issue: z.core.$ZodIssueInvalidUnion, place: Place): FileProblem[] {
    const score = (issues: readonly z.core.$ZodIssue[]) =>
      issues.reduce(
        (sum, one) =>
          sum + (one.path.length === 0 && one.code === 'invalid_type' ? 100 : one.path.length === 0 ? 10 : 1),
        0,
      )
    const best = [...issue.errors].sort((a, b) => score(a) - score(b))[0]
    if (!best || best.length === 0)
      return [
        this.problem(place, 'This value has none of the forms it may have.', {
          help: `See ${this.#guide}.`,
        }),
      ]
    return best.flatMap((one) => this.#issueProblems(one, place))
  }

  #offset(place: Place): number {
    for (let depth = place.length; depth > 0; depth--) {
      const found = this.#rangeOf(place.slice(0, depth))
      if (found !== null) return found
    }
    return 0
  }

  #rangeOf(place: Place): number | null {
    const path = place.map((key) => (typeof key === 'symbol' ? String(key) : key))
    const parent = path.length > 1 ? this.#document.getIn(path.slice(0, -1), true) : this.#document.contents
    if (isMap(parent)) {
      const pair = parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))
      if (pair && isScalar(pair.key)) return pair.key.range?.[0] ?? null
    }
    const node = this.#document.getIn(path, true)
    return isNode(node) ? (node.range?.[0] ?? null) : null
  }

  #problemAt(offset: number, message: string, help: string): FileProblem {
    const { line, col } = this.#lines.linePos(offset)
    return {
      file: this.#file,
      line: Math.max(1, line),
      column: Math.max(1, col),
      message,
      help,
      severity: 'error',
    }
  }
}

function plainYamlError(code: string, message: string): string {
  if (code === 'TAB_AS_INDENT') return 'YAML is indented with spaces, and here is a tab.'
  if (code === 'BAD_INDENT' || code === 'MULTILINE_IMPLICIT_KEY')
    return 'The indentation does not fit the lines above.'
  return `This is not valid YAML: ${short(message.split('\n')[0] ?? '')}`
}

/** Messages of the parser repeat the text, which may be anything. */
function short(message: string): string {
  return message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message
}

/** Tells the counter where further lines begin in a text that is not parsed. */
function addLines(lines: LineCounter, text: string): void {
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1)
}

/** Null where the message says all that the schema knows. */
function helpFor(issue: z.core.$ZodIssue): string | null {
  if (issue.code === 'invalid_type')
    return `${/^[aeiou]/.test(issue.expected) ? 'An' : 'A'} ${issue.expected} is needed.`
  if (issue.code === 'invalid_value') return `It may be ${issue.values.map(String).join(', ')}.`
  return null
}
