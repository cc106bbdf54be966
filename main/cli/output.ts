/** How the command line talks: one JSON document or words on stdout, progress on stderr. */
import { isCapstanError, type Progress } from '../../engine'
import { toWire } from '../api'

/** Part of the contract: 0 done, 1 the work found failures, 2 bad usage or input, 3 no engine. */
export const EXIT = { done: 0, failures: 1, badInput: 2, noEngine: 3 } as const

export interface Output {
  readonly json: boolean
}

/** Prints the result: the JSON document, or the lines. */
export function print({ json }: Output, document: unknown, lines: readonly string[]): void {
  process.stdout.write(json ? `${JSON.stringify(document)}\n` : lines.map((line) => `${line}\n`).join(''))
}

/** Progress goes to stderr, so that stdout stays clean. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** Tells each task once when it starts and once when it fails. */
export function progressTeller(): (progress: Progress) => void {
  const told = new Set<string>()
  return ({ id, label, state, estimateSeconds, detail }) => {
    const key = `${id} ${state}`
    if (told.has(key) || (state !== 'running' && state !== 'failed')) return
    told.add(key)
    if (state === 'failed') tell(`✗ ${label}: ${detail}`)
    else if (estimateSeconds) tell(`… ${label} (up to ${estimateSeconds} s the first time)`)
  }
}

export function exitCodeOf(error: unknown): number {
  if (isCapstanError(error, 'no-engine') || isCapstanError(error, 'engine-gone')) return EXIT.noEngine
  const badInput = [
    'not-found',
    'bad-input',
    'lab-invalid',
    'session-exists',
    'capability-missing',
    'port-in-use',
  ] as const
  return badInput.some((code) => isCapstanError(error, code)) ? EXIT.badInput : EXIT.failures
}

export function printError({ json }: Output, error: unknown): void {
  const wire = toWire(error)
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, error: wire })}\n`)
  tell(
    `${wire.code === 'internal' && error instanceof Error ? error.stack : wire.message}${wire.help ? `\n${wire.help}` : ''}`,
  )
}
