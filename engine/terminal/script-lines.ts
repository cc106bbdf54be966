/** Reads a script that will be typed: commands, keys to press, texts to wait for. */
import { CapstanError } from '../../shared/errors'
import { type Pattern, patternOf } from '../checks'

const KEYS: Readonly<Record<string, string>> = {
  enter: '\r',
  tab: '\t',
  escape: '\u001b',
  space: ' ',
  backspace: '\u007f',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
}

export type ScriptLine = {
  /** Counted from 1. */
  readonly number: number
  readonly text: string
} & (
  | { readonly kind: 'type' }
  /** A comment or a blank line: nothing to type, except in the middle of a command. */
  | { readonly kind: 'idle' }
  | { readonly kind: 'expect'; readonly pattern: Pattern }
  | { readonly kind: 'key'; readonly keys: string }
)

/**
 * Reads the lines of a bash script. Two directives serve interactive programs: `#@ expect REGEX` waits for text
 * on the terminal, and `#@ key ctrl-p ctrl-q` presses keys.
 * @throws CapstanError `lab-invalid` for a directive that cannot be read
 */
export function readScript(script: string): ScriptLine[] {
  const lines = script.trimEnd().split(/\r?\n/).map(readLine)
  return lines.filter(({ number, text }) => !(number === 1 && text.startsWith('#!')))
}

function readLine(text: string, index: number): ScriptLine {
  const number = index + 1
  const directive = /^\s*#@\s*(\S*)\s*(.*?)\s*$/.exec(text)
  if (!directive) return { number, text, kind: /^\s*(#|$)/.test(text) ? 'idle' : 'type' }
  const [, name, value = ''] = directive
  if (name === 'expect' && value)
    return { number, text, kind: 'expect', pattern: expectedText(value, number) }
  if (name === 'key' && value) {
    const keys = value.split(/\s+/).map((key) => keyCalled(key, number))
    return { number, text, kind: 'key', keys: keys.join('') }
  }
  throw unreadable(number, `"${text.trim()}" is not a directive.`)
}

function expectedText(source: string, number: number): Pattern {
  try {
    return patternOf(source, 'm')
  } catch (error) {
    throw unreadable(
      number,
      `"${source}" is not a regular expression: ${error instanceof Error ? error.message : error}.`,
    )
  }
}

function keyCalled(name: string, number: number): string {
  const control = /^ctrl-([a-z@[\\\]^_])$/i.exec(name)
  if (control?.[1]) return String.fromCharCode(control[1].toLowerCase().charCodeAt(0) & 0x1f)
  const key = KEYS[name.toLowerCase()] ?? (name.length === 1 ? name : undefined)
  if (key !== undefined) return key
  throw unreadable(number, `There is no key called "${name}".`)
}

function unreadable(number: number, problem: string): CapstanError {
  return new CapstanError('lab-invalid', `Line ${number} of the script: ${problem}`, {
    help: `Write "#@ expect REGEX" or "#@ key NAME …"; names are ctrl-a to ctrl-z, ${Object.keys(KEYS).join(', ')} and single characters.`,
  })
}
