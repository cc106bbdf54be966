/** Errors on the wire: a code to switch on, a message for people, and a sentence that says what to do. */
import type { Problem } from './problem'

/** A frame that is larger than a frame may be, on either side. */
export const TOO_LARGE: Problem = {
  code: 'too-large',
  message: 'This is too much at once, so nothing of it was taken.',
  help: 'Capstan takes up to 1,000,000 characters of text at a time. Use smaller parts.',
}

/** An error that the other side reported. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly help: string | null

  constructor({ code, message, help }: Problem, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.help = help
  }
}

/** The part of an error that may leave the host. The words of an error without a code are for the log only. */
export function toWire(error: unknown): Problem {
  if (isForUsers(error)) return { code: error.code, message: error.message, help: error.help }
  return {
    code: 'internal',
    message: 'Something went wrong inside Capstan.',
    help: 'Try again; the log says more.',
  }
}

function isForUsers(error: unknown): error is Error & Problem {
  if (!(error instanceof Error && 'code' in error && 'help' in error)) return false
  return typeof error.code === 'string' && (error.help === null || typeof error.help === 'string')
}
