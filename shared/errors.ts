/** Errors that people read: each has a code to switch on, a message, and a help text that says what to do. */

export type ErrorCode =
  | 'no-engine' // no Docker Engine answers, and none of ours could be started
  | 'engine-gone' // an engine that answered before has stopped answering
  | 'engine-timeout' // a call took longer than its limit
  | 'engine-refused' // the engine answered with an error
  | 'image-failed' // an image could not be prepared
  | 'no-space' // the disk is full
  | 'port-in-use'
  | 'capability-missing' // the lab needs something this engine lacks
  | 'node-gone' // a lab node has stopped or was removed
  | 'work-goes-on' // what runs in a lab node could not be ended
  | 'not-found' // an unknown lab, session, step, node, terminal or file
  | 'file-changed' // a file is not the one that was read
  | 'session-exists' // the lab is open already
  | 'session-state' // the call does not fit what the session is doing now
  | 'lab-invalid' // a lab's files break the format
  | 'lab-changed' // a lab's files are not those that were read or allowed
  | 'consent-needed' // a lab that does not ship with Capstan was not allowed yet
  | 'store-corrupt'
  | 'cancelled'
  | 'bad-input'

export interface CapstanErrorOptions {
  /** A sentence that says what the user can do about it. */
  readonly help?: string
  readonly cause?: unknown
  /** HTTP status of the engine's answer, where there was one. */
  readonly status?: number
}

export class CapstanError extends Error {
  override readonly name = 'CapstanError'
  readonly code: ErrorCode
  readonly help: string | null
  readonly status: number | null

  constructor(code: ErrorCode, message: string, options: CapstanErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.help = options.help ?? null
    this.status = options.status ?? null
  }
}

/** True for an error of ours, with that code when one is given. */
export function isCapstanError(error: unknown, code?: ErrorCode): error is CapstanError {
  return error instanceof CapstanError && (code === undefined || error.code === code)
}
