/** Turns a failure between us and an engine into a CapstanError. */
import { CapstanError } from '../../shared/errors'

/** Codes of the system that mean: nothing listens there. */
const NOBODY = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
])
/** Codes of the system that mean: something listened, and closed the connection. */
const HUNG_UP = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'])
const HUNG_UP_WORDS = /socket hang up|closed before|ended before|premature close|^aborted$/i

interface HttpFailure extends Error {
  readonly statusCode: number
  readonly json?: { readonly message?: string } | Buffer | null
}

export interface Circumstances {
  /** The work that failed, as in "creating a container". */
  readonly doing: string
  /** Whether the engine has answered before. Then silence means that it has gone. */
  readonly met?: boolean
  /** Makes the error for an engine that does not answer. The one of an inner engine names its node. */
  readonly gone?: ((cause: unknown) => CapstanError) | undefined
}

/** Makes a CapstanError of any failure of a call. An error that is one already stays as it is. */
export function toCapstanError(error: unknown, circumstances: Circumstances): CapstanError {
  if (error instanceof CapstanError) return error
  const { doing } = circumstances
  if (isHttpFailure(error)) return fromAnswer(error, doing)
  const code = codeOf(error)
  const text = error instanceof Error ? error.message : String(error)
  if (code === 'EACCES') {
    return new CapstanError('no-engine', `This user may not open the Docker Engine's socket (${doing}).`, {
      help: 'Add your user to the group "docker" and log in again, or run as root.',
      cause: error,
    })
  }
  if (NOBODY.has(code) || HUNG_UP.has(code) || HUNG_UP_WORDS.test(text)) {
    return circumstances.gone?.(error) ?? goneError(error, { ...circumstances, hungUp: !NOBODY.has(code) })
  }
  return new CapstanError('engine-refused', `${sentence(doing)} failed: ${text}`, { cause: error })
}

/** The error for a call that took longer than its limit. */
export function timeoutError(doing: string, limitMs: number): CapstanError {
  return new CapstanError(
    'engine-timeout',
    `The Docker Engine took longer than ${limitMs / 1000} s for ${doing}.`,
    { help: 'The machine may be very busy. Try again; if it happens again, see `capstan doctor`.' },
  )
}

/** The error for a full disk. @returns null where the engine's words are about something else */
export function noSpaceError(said: string, options: { doing: string; cause?: unknown }): CapstanError | null {
  if (!/no space left on device/i.test(said)) return null
  return new CapstanError('no-space', `The disk of the Docker Engine is full (${options.doing}).`, {
    help: 'Make room: remove files, or run `capstan clean` and `docker system prune`.',
    cause: options.cause ?? said,
  })
}

function goneError(
  cause: unknown,
  { doing, met, hungUp }: Circumstances & { hungUp: boolean },
): CapstanError {
  const help = 'See whether the engine runs: `capstan doctor`.'
  if (met) {
    return new CapstanError('engine-gone', `The Docker Engine has stopped answering (${doing}).`, {
      help,
      cause,
    })
  }
  if (!hungUp) return new CapstanError('no-engine', `No Docker Engine answers (${doing}).`, { help, cause })
  return new CapstanError('no-engine', `What listens there closed the connection (${doing}).`, {
    help: 'If the engine wants TLS, name the folder with ca.pem, cert.pem and key.pem.',
    cause,
  })
}

function fromAnswer(error: HttpFailure, doing: string): CapstanError {
  const said = saidBy(error)
  const options = { status: error.statusCode, cause: error }
  const full = noSpaceError(said, { doing, cause: error })
  if (full) return full
  if (/port is already allocated|address already in use/i.test(said)) {
    return new CapstanError('port-in-use', said, {
      ...options,
      help: 'Stop what uses the port, or choose another one.',
    })
  }
  if (error.statusCode === 404) return new CapstanError('not-found', said, options)
  return new CapstanError('engine-refused', said, options)
}

/** The engine's own message, out of its answer `{"message": …}`. */
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
