/** Errors as the page shows them. */
import { ApiError, type Problem } from '../../main/api'

/** Puts any error into the user's words. */
export function asProblem(error: unknown): Problem {
  if (error instanceof ApiError) return { code: error.code, message: error.message, help: error.help }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), help: null }
}
