/** Who holds a lock, in words for people. Nothing is decided by it: only the kernel knows whether a lock is held. */
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { z } from 'zod'
import { isAlive } from './processes'

const LONGEST = 200
const words = z
  .string()
  .max(LONGEST)
  // Any program can write the file, and what it says is printed.
  .transform((text) => text.replace(/\p{Cc}/gu, ' '))

const Holder = z.object({
  pid: z.int().positive(),
  host: words,
  program: words,
  /** The moment at which the lock was taken, in the form of ISO 8601. */
  since: z.iso.datetime(),
})

export type LockHolder = {
  readonly [Key in keyof z.infer<typeof Holder>]: z.infer<typeof Holder>[Key] | null
}

const UNKNOWN: LockHolder = { pid: null, host: null, program: null, since: null }

/** This process as a holder, from this moment on. */
export function ownHolder(): LockHolder {
  const [, script = process.execPath, ...args] = process.argv
  const program = [basename(script), ...args].join(' ').slice(0, LONGEST)
  return { pid: process.pid, host: hostname().slice(0, LONGEST), program, since: new Date().toISOString() }
}

/** A new holder writes its name right after it has the lock. Until then the file names nobody, or a dead holder. */
const LOOKS = 10
const LOOK_AGAIN_MS = 20

/** Reads who holds the lock. All is null where the file does not say, as on a full disk, or cannot be read. */
export function readHolder(path: string): LockHolder {
  for (let look = 1; look < LOOKS; look++) {
    const holder = readOnce(path)
    if (holder.pid !== null && (holder.host !== hostname() || isAlive(holder.pid))) return holder
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_AGAIN_MS)
  }
  return readOnce(path)
}

function readOnce(path: string): LockHolder {
  try {
    const parsed = Holder.safeParse(JSON.parse(readFileSync(path, 'utf8')))
    return parsed.data ?? UNKNOWN
  } catch {
    return UNKNOWN
  }
}

/** Names a holder, such as "process 12 (cli.js serve), since 10:04:05 on 26 November". */
export function holderText({ pid, host, program, since }: LockHolder): string {
  if (pid === null || since === null) return 'another program, which did not say its name'
  const on = host === hostname() ? '' : ` on ${host}`
  return `process ${pid}${on} (${program}), since ${momentText(new Date(since))}`
}

function momentText(moment: Date): string {
  const day = moment.toLocaleDateString('en-GB', { day: 'numeric', month: 'long' })
  return `${moment.toLocaleTimeString('en-GB')} on ${day}`
}
