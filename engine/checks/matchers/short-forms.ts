/** The short forms of a text: a comparison such as ">= 3", a pattern such as "/^ng/i", or the text itself. */
import { isPattern, toPattern } from './pattern'
import { asText, show } from './show'

interface Operator {
  readonly holds: (left: number, right: number) => boolean
  readonly words: string
}

const OPERATORS = {
  '>=': { holds: (left, right) => left >= right, words: 'at least' },
  '<=': { holds: (left, right) => left <= right, words: 'at most' },
  '>': { holds: (left, right) => left > right, words: 'more than' },
  '<': { holds: (left, right) => left < right, words: 'less than' },
  '!=': { holds: (left, right) => left !== right, words: 'anything but' },
} as const satisfies Readonly<Record<string, Operator>>

// The two-character operators come first: ">" would take the front half of ">=".
const COMPARISON = new RegExp(`^(${Object.keys(OPERATORS).join('|')})\\s*(-?\\d+(?:\\.\\d+)?)$`)

/** A comparison that a text spells out, or null for any other text. */
function comparisonOf(text: string): (Operator & { readonly number: string }) | null {
  const [, name, number] = COMPARISON.exec(text) ?? []
  return isOperator(name) && number !== undefined ? { ...OPERATORS[name], number } : null
}

function isOperator(name: string | undefined): name is keyof typeof OPERATORS {
  return name !== undefined && Object.hasOwn(OPERATORS, name)
}

export function matchesText(text: string, value: unknown): boolean {
  const comparison = comparisonOf(text)
  if (comparison) return isNumber(value) && comparison.holds(Number(value), Number(comparison.number))
  if (isPattern(text)) return value !== null && value !== undefined && toPattern(text).test(asText(value))
  return typeof value !== 'object' && asText(value) === text
}

/**
 * True for what counts as a number. An empty answer is none, although JavaScript turns it into 0. An object is none, and
 * one of a node may throw when it is turned into a number.
 */
function isNumber(value: unknown): boolean {
  return (
    (typeof value === 'number' || typeof value === 'string') && value !== '' && !Number.isNaN(Number(value))
  )
}

export function textInWords(text: string): string {
  const comparison = comparisonOf(text)
  if (comparison) return `${comparison.words} ${comparison.number}`
  return isPattern(text) ? `text that matches ${text}` : show(text)
}

export function patternsInText(text: string): string[] {
  return isPattern(text) ? [text] : []
}
