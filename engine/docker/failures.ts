/** Turns a failure between us and an engine into a CapstanError. */
import { z } from 'zod'
import { CapstanError } from '../../shared/errors'
import { parseJson } from './json'

const Refusal = z.object({ message: z.string() })
/** Characters that are kept of what an engine says. */
const MOST_SAID = 4_000

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

/** The error for a call that took longer than its limit. @param realMs the limit on this machine */
export function timeoutError(doing: string, realMs: number): CapstanError {
  return new CapstanError(
    'engine-timeout',
    `The Docker Engine took longer than ${realMs / 1000} s for ${doing}.`,
    {
      help: 'The machine may be very busy. Try again; if it happens again, raise the time limits in the settings or with CAPSTAN_TIME_FACTOR, and see `capstan doctor`.',
    },
  )
}

/**
 * The error for an answer with which the engine refuses a call.
 * @param body the answer's body, in most cases `{"message": …}`
 */
export function refusedError(status: number, body: Buffer, doing: string): CapstanError {
  const said = saidIn(body, doing) || `${sentence(doing)} failed with the status ${status}.`
  const full = noSpaceError(said, { doing }) ?? noKeysError(said, { doing })
  if (full) return full
  if (/port is already allocated|address already in use/i.test(said)) {
    return new CapstanError('port-in-use', said, {
      status,
      help: 'Stop what uses the port, or choose another one.',
    })
  }
  return new CapstanError(status === 404 ? 'not-found' : 'engine-refused', said, { status })
}

/** The engine's own message, or all that it said, as far as a person would read it. */
function saidIn(body: Buffer, doing: string): string {
  return (messageIn(body, doing) ?? body.toString()).trim().slice(0, MOST_SAID)
}

function messageIn(body: Buffer, doing: string): string | null {
  try {
    const { data } = Refusal.safeParse(parseJson(body, doing))
    return data?.message ?? null
  } catch {
    return null
  }
}

/** The error for a full disk. @returns null where the engine's words are about something else */
export function noSpaceError(said: string, options: { doing: string; cause?: unknown }): CapstanError | null {
  if (!/no space left on device/i.test(said)) return null
  return new CapstanError('no-space', `The disk of the Docker Engine is full (${options.doing}).`, {
    help: 'Make room: remove files, or run `capstan clean` and `docker system prune`.',
    cause: options.cause ?? said,
  })
}

export const MORE_KEYS =
  'On the computer of the engine, run `sysctl -w kernel.keys.maxkeys=2000 kernel.keys.maxbytes=200000`. Or close other labs.'

/**
 * A user has no key of the kernel left: runc makes one for each container and each command in it, and
 * `kernel.keys.maxkeys` limits them.
 */
export class NoKeysLeft extends CapstanError {
  constructor(said: string, doing: string) {
    const message = `The nodes and their containers hold all keys that the kernel gives them (${doing}).`
    super('engine-refused', message, { help: MORE_KEYS, cause: said })
  }
}

/** @returns null where the engine's words are about something else */
export function noKeysError(said: string, { doing }: { doing: string }): NoKeysLeft | null {
  return /session key(ring)?\b.*quota exceeded/i.test(said) ? new NoKeysLeft(said, doing) : null
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

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

function sentence(doing: string): string {
  return doing.charAt(0).toUpperCase() + doing.slice(1)
}
