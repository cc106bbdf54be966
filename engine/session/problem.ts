/** What is told of something that went wrong in a session. */
import { isEngineError } from '../errors'
import type { SessionProblem } from './snapshot'

export function problemOf(error: unknown): SessionProblem {
  if (isEngineError(error)) return { code: error.code, message: error.message, mend: error.mend }
  return {
    code: 'internal',
    message: String(error),
    mend: 'Reset the lab; if that does not help, stop it and start it again.',
  }
}
