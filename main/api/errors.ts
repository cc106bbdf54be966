/** Errors on the wire: a code to switch on, a message for people, a help text. */

export interface WireError {
  readonly code: string
  readonly message: string
  readonly help: string | null
}

/** An error that the other side told. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly help: string | null

  constructor({ code, message, help }: WireError, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.help = help
  }
}

/** What may be told of an error. One without a code is a fault of ours, and its words stay here. */
export function toWire(error: unknown): WireError {
  if (isTold(error)) return { code: error.code, message: error.message, help: error.help }
  return {
    code: 'internal',
    message: 'Something went wrong inside Capstan.',
    help: 'Try again; the log says more.',
  }
}

function isTold(error: unknown): error is Error & WireError {
  if (!(error instanceof Error && 'code' in error && 'help' in error)) return false
  return typeof error.code === 'string' && (error.help === null || typeof error.help === 'string')
}
