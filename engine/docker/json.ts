/** JSON from an engine. The engine in a node can be any program, so its size, depth and number of values are limited. */
import { CapstanError } from '../../shared/errors'

/** Values of an answer of the largest engine of a course are some ten thousands; the deepest one has some ten levels. */
const MOST_VALUES = 500_000
const MOST_LEVELS = 64

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPENING = new Set([0x5b, 0x7b])
const CLOSING = new Set([0x5d, 0x7d])

/** Anything that JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/**
 * Reads JSON.
 * @throws CapstanError `engine-refused` for JSON that is too deep or has too many values
 * @throws SyntaxError for text that is not JSON
 */
export function parseJson(bytes: Buffer, doing: string): Json {
  measure(bytes, doing)
  return JSON.parse(bytes.toString())
}

/** Looks at the bytes before they become objects, which take many times as much memory. */
function measure(bytes: Buffer, doing: string): void {
  let [levels, values, isText] = [0, 1, false]
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0
    if (isText) {
      if (byte === BACKSLASH) at++
      else if (byte === QUOTE) isText = false
    } else if (byte === QUOTE) isText = true
    else if (byte === COMMA) values++
    else if (OPENING.has(byte)) {
      values++
      if (++levels > MOST_LEVELS) throw nonsense(doing, `is nested more than ${MOST_LEVELS} levels deep`)
    } else if (CLOSING.has(byte)) levels--
  }
  if (values > MOST_VALUES) throw nonsense(doing, `has more than ${MOST_VALUES} values`)
}

/** The error for an answer that no Docker Engine gives. @param what goes on after "The answer" */
export function nonsense(doing: string, what: string, cause?: unknown): CapstanError {
  return new CapstanError('engine-refused', `The answer of the Docker Engine ${what} (${doing}).`, {
    help: 'Something else than a Docker Engine may listen there. Look at what runs there, then try again.',
    cause,
  })
}
