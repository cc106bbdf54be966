/** How the command line answers: one JSON document or words on stdout, reports on stderr. */
import { isCapstanError, type Progress } from '../../engine'
import { toWire } from '../api'

/** Part of the contract: 0 done, 1 the work found failures, 2 bad usage or input, 3 no engine. */
export const EXIT = { done: 0, failures: 1, badInput: 2, noEngine: 3 } as const

/** Where the command line writes to. */
export interface Streams {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
}

/** Controls of both kinds without tabs and line ends, line separators, and what turns the direction of text around. */
const UNSEEN = [
  '\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f',
  '\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069',
]
const ANY_UNSEEN = new RegExp(`[${UNSEEN.join('')}]`, 'g')

/**
 * Makes visible what a terminal would obey: a title of a lab, an output of a node or the name of a file must not change
 * the terminal's title, its clipboard or what was printed before. The result means the same inside of a JSON document.
 */
export function visible(text: string): string {
  return text.replace(ANY_UNSEEN, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Streams on which everything is visible. The command line prints on no others. */
export function visibleStreams({ out, err }: Streams): Streams {
  return { out: (text) => out(visible(text)), err: (text) => err(visible(text)) }
}

export interface Output extends Streams {
  readonly json: boolean
  /** Writes the content of a file to stdout: unchanged, unless a terminal shows it. */
  readonly content?: (text: string) => void
}

/** Prints the content of a file. */
export function printContent({ out, content = out }: Output, text: string): void {
  content(text)
}

/** Prints the result: the JSON document, or the lines. */
export function print(output: Output, document: unknown, lines: readonly string[]): void {
  output.out(output.json ? `${JSON.stringify(document)}\n` : lines.map((line) => `${line}\n`).join(''))
}

/** Reports go to stderr, so that stdout holds the result alone. */
export function report({ err }: Streams, text: string): void {
  err(`${text}\n`)
}

/** Milliseconds. The end of a quicker piece is not worth a line. */
const WORTH_A_LINE_MS = 1_000

/**
 * Reports each piece of progress once when it starts, once when it fails, and once when it ends after a while.
 * @param clock milliseconds of a clock that never goes back
 */
export function progressReporter(
  output: Streams,
  clock: () => number = () => performance.now(),
): (progress: Progress) => void {
  const reported = new Set<string>()
  const begun = new Map<string, number>()
  return ({ id, label, state, estimateSeconds, detail }) => {
    const key = `${id} ${state}`
    if (reported.has(key)) return
    reported.add(key)
    if (state === 'running') begun.set(id, clock())
    const took = clock() - (begun.get(id) ?? clock())
    if (state === 'failed') report(output, `✗ ${label}: ${detail}`)
    else if (state === 'done' && took >= WORTH_A_LINE_MS)
      report(output, `✓ ${label} (${(took / 1000).toFixed(1)} s)`)
    else if (state === 'running' && detail) report(output, `… ${label}: ${detail}`)
    else if (state === 'running' && estimateSeconds)
      report(output, `… ${label} (up to ${estimateSeconds} s the first time)`)
  }
}

const BAD_INPUT = [
  'not-found',
  'bad-input',
  'lab-invalid',
  'session-exists',
  'capability-missing',
  'port-in-use',
] as const

export function exitCodeOf(error: unknown): number {
  if (isCapstanError(error, 'no-engine') || isCapstanError(error, 'engine-gone')) return EXIT.noEngine
  return BAD_INPUT.some((code) => isCapstanError(error, code)) ? EXIT.badInput : EXIT.failures
}

export function printError(output: Output, error: unknown): void {
  const wire = toWire(error)
  if (output.json) output.out(`${JSON.stringify({ ok: false, error: wire })}\n`)
  // An error without a code is a fault of ours: its stack helps whoever looks for it.
  const words = wire.code === 'internal' && error instanceof Error ? error.stack : wire.message
  report(output, `${words}${wire.help ? `\n${wire.help}` : ''}`)
}
