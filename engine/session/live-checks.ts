/**
 * Keeps the results of one step's checks up to date: evaluates them when something happens, never twice at once.
 *
 * Three things make it look again: an event of a node's engine, the return of a prompt, and a slow tick. The tick
 * finds what nothing announces, such as a file that a background job has written.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { CheckResult } from '../checks'
import type { Check } from '../labs'

/** Never rejects: a check that cannot be evaluated has a result too. */
export type EvaluateCheck = (check: Check, signal: AbortSignal) => Promise<CheckResult>

export interface LiveChecksOptions {
  readonly evaluate: EvaluateCheck
  readonly onResults: (checks: readonly Check[], results: readonly CheckResult[]) => void
  /** Milliseconds between looks when nothing announces a change. */
  readonly tickMs?: number
}

/** The least pause between two looks: a burst of events (create, connect, start) is one change. */
const QUIET_MS = 40
const TICK_MS = 3_000

export class LiveChecks {
  readonly #options: LiveChecksOptions
  #checks: readonly Check[] = []
  #dirty = false
  #looking: Promise<void> | null = null
  #abort = new AbortController()
  #tick: NodeJS.Timeout | null = null
  #paused = true
  /** The number of looks that have begun. */
  #begun = 0
  #waiting: { readonly look: number; readonly done: () => void }[] = []

  constructor(options: LiveChecksOptions) {
    this.#options = options
  }

  /** Keeps these checks up to date from now on, and looks at them at once. */
  watch(checks: readonly Check[]): void {
    this.#abort.abort()
    this.#abort = new AbortController()
    this.#checks = checks
    this.#paused = false
    this.#tick ??= setInterval(() => this.lookSoon(), this.#options.tickMs ?? TICK_MS).unref()
    this.lookSoon()
  }

  /** Looks again soon, because something has changed. */
  lookSoon(): void {
    if (this.#paused) return
    this.#dirty = true
    this.#looking ??= this.#lookUntilClean().finally(() => {
      this.#looking = null
    })
  }

  /** Looks again, and resolves when a look that began after the call is over. */
  async refresh(): Promise<void> {
    if (this.#paused) return
    const over = new Promise<void>((done) => this.#waiting.push({ look: this.#begun + 1, done }))
    this.lookSoon()
    await over
  }

  /** Stops looking. A look that is under way is given up and reports nothing. */
  pause(): void {
    this.#paused = true
    this.#dirty = false
    this.#abort.abort()
    if (this.#tick) clearInterval(this.#tick)
    this.#tick = null
    this.#resolveWaiting(Number.POSITIVE_INFINITY)
  }

  async #lookUntilClean(): Promise<void> {
    while (this.#dirty) {
      this.#dirty = false
      const look = ++this.#begun
      const began = performance.now()
      const { signal } = this.#abort
      const checks = this.#checks
      const results = await Promise.all(checks.map((check) => this.#options.evaluate(check, signal)))
      if (!signal.aborted) this.#options.onResults(checks, results)
      this.#resolveWaiting(look)
      // A busy machine gets as much time for the student's work as for looking at it.
      const pause = Math.max(QUIET_MS, performance.now() - began)
      await sleep(pause)
    }
  }

  #resolveWaiting(look: number): void {
    const over = this.#waiting.filter((waiting) => waiting.look <= look)
    this.#waiting = this.#waiting.filter((waiting) => waiting.look > look)
    for (const { done } of over) done()
  }
}
