/**
 * A lock between processes: a file that names its holder. A lock that a dead process left is taken over.
 *
 * Two rules make it safe. The file appears with its whole content, because it is written under another name and then
 * linked. And a lock of somebody else is replaced only by the process that holds the lock beside it ("….taking"),
 * after another look, so that two processes never both take over the same dead one.
 */
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { CapstanError } from '../errors'
import { isNotThere, isThere } from './failures'
import { isAlive, startTimeOf } from './processes'
import { until } from './wait'

/** The work of another holder may be a download and a build. */
const LIMIT_MS = 1_800_000
const LOOK_AGAIN_MS = 100

export interface Lock {
  /** Gives the lock back. It is synchronous, so that a process can do it while it exits. */
  release(): void
}

export interface LockHolder {
  readonly pid: number
}

export type LockAttempt =
  | { readonly lock: Lock; readonly holder: null }
  | { readonly lock: null; readonly holder: LockHolder }

export interface LockOptions {
  readonly signal?: AbortSignal | undefined
  /** Milliseconds to wait for another holder; half an hour by default. */
  readonly limitMs?: number
}

/** Runs the work while holding the lock, and waits for another holder before. @throws CapstanError `engine-timeout` */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  { signal, limitMs = LIMIT_MS }: LockOptions = {},
): Promise<T> {
  const { lock, holder } = await until(() => tryLock(path), {
    isDone: (attempt) => attempt.lock !== null,
    limitMs,
    everyMs: LOOK_AGAIN_MS,
    signal,
  })
  if (!lock) throw stillHeld(path, holder, limitMs)
  try {
    return await work()
  } finally {
    lock.release()
  }
}

/** Takes the lock at once, or says who holds it. */
export function tryLock(path: string): LockAttempt {
  mkdirSync(dirname(path), { recursive: true })
  const own = ownEntry()
  for (;;) {
    if (create(path, own)) return { lock: lockAt(path, own), holder: null }
    const entry = readEntry(path)
    // The holder has released it since we tried.
    if (entry === null) continue
    if (isHeld(entry)) return { lock: null, holder: { pid: entry.pid } }
    const taking = tryLock(`${path}.taking`)
    if (!taking.lock) return taking
    try {
      if (takeOver(path, own)) return { lock: lockAt(path, own), holder: null }
    } finally {
      taking.lock.release()
    }
  }
}

interface Entry {
  readonly pid: number
  /** Null where the system does not say, and in files of older versions. */
  readonly startTime: string | null
  readonly token: string
}

/** Tokens of the locks that this process holds. An entry with our number and another token is from an earlier one. */
const held = new Set<string>()

function ownEntry(): Entry {
  return { pid: process.pid, startTime: startTimeOf(process.pid), token: randomBytes(8).toString('hex') }
}

function lockAt(path: string, { token }: Entry): Lock {
  held.add(token)
  return {
    release: () => {
      if (!held.delete(token)) return
      // Somebody may have removed the file by hand; then it can belong to another holder.
      if (readEntry(path)?.token === token) rmSync(path, { force: true })
    },
  }
}

function isHeld({ pid, startTime, token }: Entry): boolean {
  if (pid === process.pid) return held.has(token)
  if (!isAlive(pid)) return false
  const now = startTimeOf(pid)
  // Where one of the two is not known, the number must do.
  return startTime === null || now === null || startTime === now
}

/** @returns false when the file is there already */
function create(path: string, own: Entry): boolean {
  return withWholeFile(path, own, (whole) => {
    try {
      linkSync(whole, path)
      return true
    } catch (error) {
      if (isThere(error)) return false
      throw error
    }
  })
}

/** To be called while holding the lock "….taking": nobody else replaces a dead holder's file meanwhile. */
function takeOver(path: string, own: Entry): boolean {
  const entry = readEntry(path)
  if (entry === null || isHeld(entry)) return false
  return withWholeFile(path, own, (whole) => {
    renameSync(whole, path)
    return true
  })
}

function withWholeFile<T>(path: string, own: Entry, work: (whole: string) => T): T {
  const whole = `${path}.${own.token}`
  try {
    writeFileSync(whole, `${own.pid} ${own.startTime ?? '-'} ${own.token}\n`, { flag: 'wx' })
    return work(whole)
  } finally {
    rmSync(whole, { force: true })
  }
}

/** @returns null when the file is not there */
function readEntry(path: string): Entry | null {
  try {
    const [pid = '', startTime = '-', token = ''] = readFileSync(path, 'utf8').trim().split(' ')
    // A file without a number is of nobody: a process that is never alive stands for it.
    return { pid: Number(pid) || NOBODY, startTime: startTime === '-' ? null : startTime, token }
  } catch (error) {
    if (isNotThere(error)) return null
    throw error
  }
}

/** Larger than any number that a system gives to a process. */
const NOBODY = 2 ** 31 - 1

function stillHeld(path: string, { pid }: LockHolder, limitMs: number): CapstanError {
  return new CapstanError(
    'engine-timeout',
    `Another Capstan (process ${pid}) has held ${path} for longer than ${limitMs / 1000} s.`,
    { help: `Wait until it is ready. If it hangs, end process ${pid} and try again.` },
  )
}
