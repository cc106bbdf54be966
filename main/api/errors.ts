/** Errors on the wire: a code to switch on, a message for people, a mend. */

export interface WireError {
  readonly code: string
  readonly message: string
  readonly mend: string | null
}

/** An error that the other side told. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  readonly mend: string | null

  constructor({ code, message, mend }: WireError, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.mend = mend
  }
}

/** What may be told of an error. One without a code is ours to mend, and its words stay here. */
export function toWire(error: unknown): WireError {
  if (isTold(error)) return { code: error.code, message: error.message, mend: error.mend }
  return {
    code: 'internal',
    message: 'Something went wrong inside Capstan.',
    mend: 'Try again; the log says more.',
  }
}

function isTold(error: unknown): error is Error & WireError {
  if (!(error instanceof Error && 'code' in error && 'mend' in error)) return false
  return typeof error.code === 'string' && (error.mend === null || typeof error.mend === 'string')
}
