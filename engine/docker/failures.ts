/** Turns what goes wrong between us and an engine into an EngineError. */
import { EngineError } from '../errors'

const GONE = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ETIMEDOUT',
])

interface HttpFailure extends Error {
  readonly statusCode: number
  readonly json?: { readonly message?: string } | Buffer | null
}

/**
 * @param doing what was being done, as in "creating a container"
 */
export function toEngineError(error: unknown, doing: string): EngineError {
  if (error instanceof EngineError) return error
  if (isHttpFailure(error)) return fromAnswer(error, doing)
  const code = codeOf(error)
  const text = error instanceof Error ? error.message : String(error)
  if (code === 'EACCES') {
    return new EngineError(
      'no-engine',
      `The Docker Engine's socket may not be opened by this user (${doing}).`,
      {
        mend: 'Add your user to the group "docker" and log in again, or run as root.',
        cause: error,
      },
    )
  }
  if (GONE.has(code) || /socket hang up|closed before|ended before/.test(text)) {
    return new EngineError('engine-gone', `The Docker Engine does not answer (${doing}).`, {
      mend: 'See whether the engine runs: `capstan doctor`.',
      cause: error,
    })
  }
  return new EngineError('engine-refused', `${sentence(doing)} failed: ${text}`, { cause: error })
}

/** Raised when a call took longer than its limit. */
export function timeoutError(doing: string, limitMs: number): EngineError {
  return new EngineError(
    'engine-timeout',
    `The Docker Engine took longer than ${limitMs / 1000} s for ${doing}.`,
    {
      mend: 'The machine may be very busy. Try again; if it happens again, see `capstan doctor`.',
    },
  )
}

function fromAnswer(error: HttpFailure, doing: string): EngineError {
  const said = saidBy(error)
  const options = { status: error.statusCode, cause: error }
  if (/no space left on device/i.test(said)) {
    return new EngineError('no-space', `The disk of the Docker Engine is full (${doing}).`, {
      ...options,
      mend: 'Make room: remove files, or run `capstan clean` and `docker system prune`.',
    })
  }
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
  if (Buffer.isBuffer(json) && json.length > 0) return json.toString()
  return error.message.replace(/^\(HTTP code \d+\)\s*/, '').trim()
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
