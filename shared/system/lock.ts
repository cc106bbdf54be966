/**
 * A lock between processes that the kernel holds: it belongs to an open descriptor, so it is free the moment its
 * process is gone, however that ended. The file stays where it is, and what it says names the holder for people only.
 *
 * Node cannot lock a descriptor. On Linux `flock` of util-linux does it on the descriptor that it inherits: the lock is
 * on the open file, which is ours, and outlives that program (flock(2)). macOS and Windows lock while they open.
 */
import { spawnSync } from 'node:child_process'
import {
  closeSync,
  constants,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { CapstanError } from '../errors'
import { limitText, stretched } from '../time-limits'
import { isDiskFull, isNotPermitted, isTaken } from './failures'
import { holderText, type LockHolder, ownHolder, readHolder } from './lock-holder'
import { until } from './wait'

export { holderText, type LockHolder } from './lock-holder'

/** The work of another holder may be a download and a build. */
const LIMIT_MS = 1_800_000
const LOOK_AGAIN_MS = 500
/** `flock` is asked not to wait. This ends one that hangs on a network disk. */
const FLOCK_LIMIT_MS = 10_000

/**
 * The flag that locks while it opens: O_EXLOCK of open(2) on macOS, and UV_FS_O_EXLOCK of libuv on Windows, where it
 * refuses to share the file.
 */
const EXCLUSIVE_OPEN: Partial<Record<NodeJS.Platform, number>> = { darwin: 0x20, win32: 0x1000_0000 }

export interface Lock {
  /** Gives the lock back. It is synchronous, so that a process can do it while it exits. */
  release(): void
}

export type LockAttempt =
  | { readonly lock: Lock; readonly holder: null }
  | { readonly lock: null; readonly holder: LockHolder }

export interface LockOptions {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds to wait for another holder; half an hour by default. */
  readonly limitMs?: number
  /** Called with words for people when somebody else holds the lock, and again when the holder changes. */
  readonly onWait?: ((waitsFor: string, holder: LockHolder) => void) | undefined
}

/**
 * Runs the work while holding the lock, and waits for another holder before.
 * @throws CapstanError `engine-timeout` at the limit, and what `tryLock` throws; or the signal's reason
 */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  { signal, limitMs = LIMIT_MS, onWait }: LockOptions = {},
): Promise<T> {
  const tell = tellerOf(onWait)
  const attempt = () => {
    const result = tryLock(path)
    if (result.holder) tell(result.holder)
    return result
  }
  const { lock, holder } = await until(attempt, {
    isDone: (result) => result.lock !== null,
    limitMs,
    everyMs: LOOK_AGAIN_MS,
    signal,
    waitsFor: `the lock ${path}`,
  })
  if (!lock) throw stillHeld(path, holder, limitMs)
  try {
    return await work()
  } finally {
    lock.release()
  }
}

function tellerOf(onWait: LockOptions['onWait']): (holder: LockHolder) => void {
  let told = ''
  return (holder) => {
    const words = `Waiting for ${holderText(holder)}`
    if (words !== told) onWait?.(words, holder)
    told = words
  }
}

/**
 * Takes the lock at once, or says who holds it.
 * @throws CapstanError `no-space` or `bad-input` where the file cannot be made or locked
 */
export function tryLock(path: string): LockAttempt {
  for (;;) {
    const descriptor = openLockFile(path)
    if (descriptor === null) return { lock: null, holder: readHolder(path) }
    let isKept = false
    try {
      if (!lockDescriptor(descriptor, path)) return { lock: null, holder: readHolder(path) }
      // Somebody may have removed the file since it was opened. A lock on a file without a name protects nothing.
      isKept = isFileAt(descriptor, path)
      if (isKept) return { lock: lockOn(descriptor), holder: null }
    } finally {
      if (!isKept) closeSync(descriptor)
    }
  }
}

/** @returns null when the system refuses because another process has it open and locked */
function openLockFile(path: string): number | null {
  const exclusive = EXCLUSIVE_OPEN[process.platform] ?? 0
  const { O_RDWR, O_CREAT, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
  try {
    mkdirSync(dirname(path), { recursive: true })
    return openSync(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | exclusive, 0o600)
  } catch (error) {
    if (exclusive && isTaken(error)) return null
    throw cannotLock(path, error)
  }
}

/** @returns false when another descriptor has the lock */
function lockDescriptor(descriptor: number, path: string): boolean {
  if (!fstatSync(descriptor).isFile()) throw cannotLock(path, new Error('it is not a file'))
  if (process.platform in EXCLUSIVE_OPEN) return true
  const { status, error, stderr } = spawnSync('flock', ['-n', '3'], {
    stdio: ['ignore', 'ignore', 'pipe', descriptor],
    timeout: stretched(FLOCK_LIMIT_MS),
    killSignal: 'SIGKILL',
  })
  if (status === 0 || status === 1) return status === 0
  throw cannotLock(path, error ?? new Error(String(stderr).trim() || `flock ended with ${status}`))
}

function isFileAt(descriptor: number, path: string): boolean {
  const [ours, there] = [fstatSync(descriptor), statSync(path, { throwIfNoEntry: false })]
  return there?.ino === ours.ino && there.dev === ours.dev
}

function lockOn(descriptor: number): Lock {
  nameHolder(descriptor, JSON.stringify(ownHolder()))
  let isHeld = true
  return {
    release: () => {
      if (!isHeld) return
      isHeld = false
      nameHolder(descriptor, '')
      closeSync(descriptor)
    },
  }
}

/** The name is for people: a disk without room for it does not keep anybody from working. */
function nameHolder(descriptor: number, text: string): void {
  try {
    ftruncateSync(descriptor)
    writeSync(descriptor, text, 0)
  } catch (error) {
    if (!isDiskFull(error)) throw error
  }
}

function cannotLock(path: string, cause: unknown): CapstanError {
  if (isDiskFull(cause)) {
    return new CapstanError('no-space', `The disk is full: ${path} cannot be made.`, {
      help: `Make room in ${dirname(path)} and try again.`,
      cause,
    })
  }
  const words = cause instanceof Error ? cause.message : String(cause)
  const way = isNotPermitted(cause)
    ? 'Make its folder writable for you'
    : 'Use a local disk, and make sure that flock of util-linux is installed'
  return new CapstanError('bad-input', `${path} cannot be locked: ${words}.`, {
    help: `${way}, or name another folder with CAPSTAN_DATA or CAPSTAN_ENGINE.`,
    cause,
  })
}

function stillHeld(path: string, holder: LockHolder, limitMs: number): CapstanError {
  const { pid } = holder
  const end = pid === null ? 'end it' : `end process ${pid}`
  return new CapstanError(
    'engine-timeout',
    `${path} has been held for longer than ${limitText(limitMs)} by ${holderText(holder)}.`,
    { help: `Wait until it is ready. If it hangs, ${end} and try again: the lock is free at once.` },
  )
}
