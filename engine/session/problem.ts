/** What is told of something that went wrong in a session. */
import { isCapstanError } from '../../shared/errors'
import type { SessionProblem } from './snapshot'

export function problemOf(error: unknown): SessionProblem {
  if (isCapstanError(error)) return { code: error.code, message: error.message, help: error.help }
  return {
    code: 'internal',
    message: String(error),
    help: 'Reset the lab; if that does not help, stop it and start it again.',
  }
}
