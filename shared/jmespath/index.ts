/**
 * Evaluates JMESPath expressions that authors of labs and questions wrote, with a limit to their work (decision 42).
 *
 * `[@, @]` makes a value that holds another one twice, and sixteen of them in a row one that holds it 65,536 times. So
 * the work counts by the sizes of the values that an expression makes on its way, not by its length.
 */
import { compile, type JSONValue, TreeInterpreter } from '@jmespath-community/jmespath'
import { CapstanError } from '../errors'

/** Characters. The longest expression of our labs has 170. */
const LONGEST_EXPRESSION = 1_000
/** By `sizeOf`, as all sizes here. */
const LEAST_PLENTY = 1_000_000
/** How often an expression may go over all that it was given. */
const PASSES = 20
const LARGEST_VALUE = 1_000_000
/** Characters of text that count as much as one more value. */
const TEXT_UNIT = 16

type Interpreter = typeof TreeInterpreter

/**
 * Selects from a value.
 * @param most how much the values may hold that the expression makes, one by one; without it, plenty for the answer of
 *   an engine
 * @throws CapstanError `bad-input` for an expression that is too long or needs too much work; the library's error for
 *   one that is not JMESPath or does not fit the value
 */
export function select(value: unknown, expression: string, most = plentyFor(value)): JSONValue {
  const tree = compileExpression(expression)
  return bounded(newInterpreter(), new Budget(expression, most)).search(tree, value as JSONValue)
}

function plentyFor(value: unknown): number {
  return LEAST_PLENTY + PASSES * sizeOf(value, LARGEST_VALUE)
}

/** @throws the library's error for what is not JMESPath, and CapstanError `bad-input` for what is too long */
export function compileExpression(expression: string): ReturnType<typeof compile> {
  if (expression.length <= LONGEST_EXPRESSION) return compile(expression)
  const message = `The expression has ${expression.length} characters; ${LONGEST_EXPRESSION} are allowed.`
  throw new CapstanError('bad-input', message, { help: 'Select less in one expression.' })
}

class Budget {
  readonly #expression: string
  #left: number

  constructor(expression: string, most: number) {
    this.#expression = expression
    this.#left = most
  }

  spend(value: unknown): void {
    this.#left -= 1 + sizeOf(value, this.#left)
    if (this.#left >= 0) return
    const shown = this.#expression.length > 60 ? `${this.#expression.slice(0, 60)}…` : this.#expression
    const message = `The expression ${JSON.stringify(shown)} makes values that are too large.`
    throw new CapstanError('bad-input', message, { help: 'Select less, or select it in fewer steps.' })
  }
}

/** The library exports one interpreter, and its class by that only. One of our own shares no state with others. */
function newInterpreter(): Interpreter {
  const Class = TreeInterpreter.constructor as new () => Interpreter
  return new Class()
}

/** Counts what each visit of the interpreter returns. Functions call `visit` too, for each element of a list. */
function bounded(interpreter: Interpreter, budget: Budget): Interpreter {
  const visit = interpreter.visit.bind(interpreter)
  const withScope = interpreter.withScope.bind(interpreter)
  return Object.assign(interpreter, {
    visit: (...args: Parameters<Interpreter['visit']>) => {
      const result = visit(...args)
      budget.spend(result)
      return result
    },
    // A `let` goes on with another interpreter.
    withScope: (...args: Parameters<Interpreter['withScope']>) => bounded(withScope(...args), budget),
  })
}

/**
 * How many values a value holds, as if none were shared, with long texts counted by their length.
 * @param limit the counting ends when this is passed
 */
function sizeOf(value: unknown, limit: number): number {
  if (typeof value === 'string') return 1 + Math.floor(value.length / TEXT_UNIT)
  if (typeof value !== 'object' || value === null) return 1
  let size = 1
  for (const part of Object.values(value)) {
    size += sizeOf(part, limit - size)
    if (size > limit) return size
  }
  return size
}
