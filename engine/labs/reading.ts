/** Reads folders that somebody else keeps, on disks that may be slow or never answer, so that none holds up another. */
import { basename, dirname } from 'node:path'
import { within } from '../../shared/system/wait'
import { limitText, stretched } from '../../shared/time-limits'
import { type LabResult, printable } from './load'
import { LAB_FILE } from './reader'

/** Milliseconds for which a folder may hold up others. It is read on after this. */
const PATIENCE_MS = 1_000
/** Milliseconds. Labs are small: what takes longer is a disk or a network that does not answer. */
const LIMIT_MS = 10_000

const HELP = 'Check the disk that it is on.'

export interface Work<T> {
  readonly read: (signal: AbortSignal) => Promise<T>
  /** Takes what was read. */
  readonly put: (value: T) => Promise<void> | void
  /** Takes what stands for the folder while it is being read, or when it cannot be read. */
  readonly fail: (result: LabResult) => void
}

export interface ReadingOptions {
  readonly signal?: AbortSignal | undefined
  /** Something came after its time. */
  readonly onMore?: () => void
}

export class Reading {
  readonly #options: ReadingOptions
  readonly #late: Promise<void>[] = []

  constructor(options: ReadingOptions) {
    this.#options = options
  }

  /**
   * Reads a folder, and resolves when that is done, or when it has taken so long that others go first.
   * @throws the signal's reason
   */
  async read<T>(folder: string, { read, put, fail }: Work<T>): Promise<void> {
    const { signal, onMore } = this.#options
    signal?.throwIfAborted()
    const whole = this.#inTime(folder, read).then((found) =>
      found.isRead ? () => put(found.value) : () => fail(found.result),
    )
    const take = await this.#quickly(folder, whole)
    if (take) return await take()
    fail(unread(folder, `has not been read within ${limitText(PATIENCE_MS)}. It is still being read`))
    const late = whole.then(async (takeLate) => {
      await takeLate()
      onMore?.()
    })
    this.#late.push(late)
    // Whoever waits for it gets the signal's reason; nobody else needs it.
    late.catch((error: unknown) => {
      if (!signal?.aborted) throw error
    })
  }

  /** Resolves when everything has been read. @throws the signal's reason */
  async finished(): Promise<void> {
    // What comes late may have folders of its own.
    for (const late of this.#late) await late
  }

  /** @returns null when the work takes longer than others should wait */
  async #quickly<T>(folder: string, work: Promise<T>): Promise<T | null> {
    const { signal } = this.#options
    const limits = { limitMs: PATIENCE_MS, waitsFor: `${folder} to be read`, signal }
    return await within(() => work, limits).catch(() => {
      signal?.throwIfAborted()
      return null
    })
  }

  /** Turns any failure, and silence, into a problem of this folder. */
  async #inTime<T>(folder: string, read: Work<T>['read']): Promise<Found<T>> {
    const { signal } = this.#options
    const limit = AbortSignal.timeout(stretched(LIMIT_MS))
    const ends = signal ? AbortSignal.any([signal, limit]) : limit
    const ended = new Promise<never>((_resolve, reject) => {
      if (ends.aborted) reject(ends.reason)
      ends.addEventListener('abort', () => reject(ends.reason), { once: true })
    })
    try {
      // A system call that hangs cannot be cancelled, so it is not waited for either.
      return { isRead: true, value: await Promise.race([read(ends), ended]) }
    } catch (error) {
      signal?.throwIfAborted()
      const why = limit.aborted ? ` within ${limitText(LIMIT_MS)}` : `: ${wordsOf(error)}`
      return { isRead: false, result: unread(folder, `could not be read${why}`) }
    }
  }
}

type Found<T> =
  | { readonly isRead: true; readonly value: T }
  | { readonly isRead: false; readonly result: LabResult }

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function unread(folder: string, reason: string): LabResult {
  const result = {
    id: printable(basename(folder)),
    domain: printable(basename(dirname(folder))),
    directory: folder,
    lab: null,
    problems: [],
  }
  return refused(result, `This lab ${reason}.`, HELP)
}

/** The result without its lab, with the reason. */
export function refused(result: LabResult, message: string, help: string): LabResult {
  const problem = { file: LAB_FILE, line: 1, column: 1, message, help, severity: 'error' as const }
  return { ...result, lab: null, problems: [problem, ...result.problems] }
}
