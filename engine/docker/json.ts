/** JSON from an engine. The engine in a node can be any program, so its size, depth and number of values are limited. */
import { CapstanError } from '../../shared/errors'
import { aboveLimits } from '../../shared/json-size'

/** Values of an answer of the largest engine of a course are some ten thousands; the deepest one has some ten levels. */
const MOST_VALUES = 500_000
const MOST_LEVELS = 64

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

/** @throws CapstanError `engine-refused` */
function measure(bytes: Buffer, doing: string): void {
  const above = aboveLimits(bytes, { values: MOST_VALUES, levels: MOST_LEVELS })
  if (above === 'levels') throw nonsense(doing, `is nested more than ${MOST_LEVELS} levels deep`)
  if (above === 'values') throw nonsense(doing, `has more than ${MOST_VALUES} values`)
}

/** The error for an answer that no Docker Engine gives. @param what goes on after "The answer" */
export function nonsense(doing: string, what: string, cause?: unknown): CapstanError {
  return new CapstanError('engine-refused', `The answer of the Docker Engine ${what} (${doing}).`, {
    help: 'Something else than a Docker Engine may listen there. Look at what runs there, then try again.',
    cause,
  })
}
