/** Turns what goes wrong between us and an engine into an EngineError. */
import { EngineError } from '../errors'

/** Nothing listens there. */
const NOBODY = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
])
/** Somebody listened, and hung up. */
const HUNG_UP = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'])
const HUNG_UP_WORDS = /socket hang up|closed before|ended before|premature close|^aborted$/i

interface HttpFailure extends Error {
  readonly statusCode: number
  readonly json?: { readonly message?: string } | Buffer | null
}

export interface Circumstances {
  /** What was being done, as in "creating a container". */
  readonly doing: string
  /** The engine has answered before: that it does not now means that it has gone. */
  readonly met?: boolean
  /** Makes the error for an engine that does not answer; an inner engine's tells of its node. */
  readonly gone?: ((cause: unknown) => EngineError) | undefined
}

/** Any failure of a call as an EngineError; those stay as they are. */
export function toEngineError(error: unknown, circumstances: Circumstances): EngineError {
  if (error instanceof EngineError) return error
  const { doing } = circumstances
  if (isHttpFailure(error)) return fromAnswer(error, doing)
  const code = codeOf(error)
  const text = error instanceof Error ? error.message : String(error)
  if (code === 'EACCES') {
    return new EngineError('no-engine', `This user may not open the Docker Engine's socket (${doing}).`, {
      mend: 'Add your user to the group "docker" and log in again, or run as root.',
      cause: error,
    })
  }
  if (NOBODY.has(code) || HUNG_UP.has(code) || HUNG_UP_WORDS.test(text)) {
    return circumstances.gone?.(error) ?? goneError(error, { ...circumstances, hungUp: !NOBODY.has(code) })
  }
  return new EngineError('engine-refused', `${sentence(doing)} failed: ${text}`, { cause: error })
}

/** Raised when a call took longer than its limit. */
export function timeoutError(doing: string, limitMs: number): EngineError {
  return new EngineError(
    'engine-timeout',
    `The Docker Engine took longer than ${limitMs / 1000} s for ${doing}.`,
    { mend: 'The machine may be very busy. Try again; if it happens again, see `capstan doctor`.' },
  )
}

/** The engine's words about a full disk as an error; null for any other words. */
export function noSpaceError(said: string, options: { doing: string; cause?: unknown }): EngineError | null {
  if (!/no space left on device/i.test(said)) return null
  return new EngineError('no-space', `The disk of the Docker Engine is full (${options.doing}).`, {
    mend: 'Make room: remove files, or run `capstan clean` and `docker system prune`.',
    cause: options.cause ?? said,
  })
}

function goneError(cause: unknown, { doing, met, hungUp }: Circumstances & { hungUp: boolean }): EngineError {
  const mend = 'See whether the engine runs: `capstan doctor`.'
  if (met) {
    return new EngineError('engine-gone', `The Docker Engine has stopped answering (${doing}).`, {
      mend,
      cause,
    })
  }
  if (!hungUp) return new EngineError('no-engine', `No Docker Engine answers (${doing}).`, { mend, cause })
  return new EngineError('no-engine', `What listens there closed the connection (${doing}).`, {
    mend: 'If the engine wants TLS, name the folder with ca.pem, cert.pem and key.pem.',
    cause,
  })
}

function fromAnswer(error: HttpFailure, doing: string): EngineError {
  const said = saidBy(error)
  const options = { status: error.statusCode, cause: error }
  const full = noSpaceError(said, { doing, cause: error })
  if (full) return full
  if (/port is already allocated|address already in use/i.test(said)) {
    return new EngineError('port-in-use', said, {
      ...options,
      mend: 'Stop what uses the port, or choose another one.',
    })
  }
  if (error.statusCode === 404) return new EngineError('not-found', said, options)
  return new EngineError('engine-refused', said, options)
}

/** The engine's own message; it answers `{"message": …}`. */
function saidBy(error: HttpFailure): string {
  const { json } = error
  if (json && !Buffer.isBuffer(json) && json.message) return json.message
  if (Buffer.isBuffer(json) && json.length > 0) return json.toString().trim()
  // The modem's own form: "(HTTP code 409) unexpected - the message ".
  return error.message.replace(/^\(HTTP code \d+\)\s*(?:unexpected - )?/, '').trim()
}

function isHttpFailure(error: unknown): error is HttpFailure {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function sentence(doing: string): string {
  return doing.charAt(0).toUpperCase() + doing.slice(1)
}
