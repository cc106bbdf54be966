/** A YAML file that knows the place of each value, so that problems can name their line. */
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import type { FileProblem } from './problem'

export type Place = readonly PropertyKey[]

export class YamlSource {
  readonly #file: string
  readonly #guide: string
  readonly #lines = new LineCounter()
  readonly #document: Document

  /**
   * @param file the name of the file in problems
   * @param guide the document that explains the format, for the help of problems
   */
  constructor(file: string, text: string, guide = 'labs/README.md') {
    this.#file = file
    this.#guide = guide
    this.#document = parseDocument(text, { lineCounter: this.#lines, uniqueKeys: true, prettyErrors: false })
  }

  /** The value, or the reasons why the text is not YAML. Aliases are limited, so that a small file cannot grow huge. */
  read(): { value: unknown; problems: FileProblem[] } {
    const problems = this.#document.errors.map((error) =>
      this.#problemAt(
        error.pos[0],
        plainYamlError(error.code, error.message),
        'Correct the YAML here, then look again.',
      ),
    )
    if (problems.length > 0) return { value: null, problems }
    try {
      return { value: this.#document.toJS({ maxAliasCount: 50 }), problems }
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      return {
        value: null,
        problems: [this.#problemAt(0, message, 'Write the values out instead of using so many aliases.')],
      }
    }
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
    return issues.flatMap((issue) => this.#issueProblems(issue, above))
  }

  #issueProblems(issue: z.core.$ZodIssue, above: Place): FileProblem[] {
    const place = [...above, ...issue.path]
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        this.problem([...place, key], `The key "${key}" is not known here.`, {
          help: `Remove it, or see how it is spelt in ${this.#guide}.`,
        }),
      )
    }
    if (issue.code === 'invalid_union') return this.#unionProblems(issue, place)
    // In a file that is a list, the line says which entry it is.
    const shown = typeof place[0] === 'number' && place.length > 1 ? place.slice(1) : place
    const name = shown.length > 0 ? `"${shown.map(String).join('.')}"` : 'The file'
    return [this.problem(place, `${name}: ${issue.message}.`, { help: helpFor(issue) })]
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
  if (code === 'DUPLICATE_KEY') return 'This key is here twice.'
  if (code === 'BAD_INDENT' || code === 'MULTILINE_IMPLICIT_KEY')
    return 'The indentation does not fit the lines above.'
  return `This is not valid YAML: ${message.split('\n')[0]}`
}

function helpFor(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type')
    return `${/^[aeiou]/.test(issue.expected) ? 'An' : 'A'} ${issue.expected} is needed.`
  if (issue.code === 'invalid_value') return `It may be ${issue.values.map(String).join(', ')}.`
  return ''
}
