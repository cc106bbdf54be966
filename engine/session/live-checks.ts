/**
 * Keeps the results of one step's checks up to date: evaluates them when something happens, never twice at once.
 *
 * Three things make it look again: an event of a node's engine, the return of a prompt, and a tick. The tick finds what
 * nothing announces, such as a server that listens a moment after its container has started, or a file that a background
 * job has written. It comes soon after a change and later and later after that.
 */
import type { CheckResult } from '../checks'
import type { Check } from '../labs'

/** Never rejects: a check that cannot be evaluated has a result too. */
export type EvaluateCheck = (check: Check, signal: AbortSignal) => Promise<CheckResult>

export interface LiveChecksOptions {
  readonly evaluate: EvaluateCheck
  readonly onResults: (checks: readonly Check[], results: readonly CheckResult[]) => void
  /** The longest time between looks when nothing announces a change, in milliseconds. */
  readonly tickMs?: number
}

/** The least pause between two looks: a burst of events (create, connect, start) is one change. */
const QUIET_MS = 40
const TICK_MS = 3_000
/** The first tick after a change. Each one after it takes twice as long. */
const FIRST_TICK_MS = 250
/**
 * Between its creation and its start a container has an address at which nobody answers. Who asks there gets no answer
 * for a second, after which Linux asks for a neighbour again (arp(7), retrans_time). The start announces itself, and it
 * comes within this time in most cases.
 */
const START_MS = 400

export class LiveChecks {
  readonly #options: LiveChecksOptions
  #checks: readonly Check[] = []
  #dirty = false
  #looking: Promise<void> | null = null
  #abort = new AbortController()
  #tick: NodeJS.Timeout | null = null
  #tickMs = FIRST_TICK_MS
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
    this.lookSoon()
  }

  /** Looks again soon, because something has changed. */
  lookSoon(): void {
    if (this.#paused) return
    this.#tickMs = FIRST_TICK_MS
    this.#look()
  }

  /** Looks again after a while, because a container was created whose start will be announced. */
  lookLater(): void {
    if (this.#paused) return
    // A look that is due would come too early.
    this.#dirty = false
    this.#tickMs = START_MS
    this.#setTick()
  }

  #look(): void {
    this.#setTick()
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
    if (this.#tick) clearTimeout(this.#tick)
    this.#tick = null
    this.#resolveWaiting(Number.POSITIVE_INFINITY)
  }

  #setTick(): void {
    if (this.#tick) clearTimeout(this.#tick)
    const tickMs = Math.min(this.#tickMs, this.#options.tickMs ?? TICK_MS)
    this.#tick = setTimeout(() => this.#look(), tickMs).unref()
    this.#tickMs = tickMs * 2
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
      const pauseMs = Math.max(QUIET_MS, performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, pauseMs))
    }
  }

  #resolveWaiting(look: number): void {
    const over = this.#waiting.filter((waiting) => waiting.look <= look)
    this.#waiting = this.#waiting.filter((waiting) => waiting.look > look)
    for (const { done } of over) done()
  }
}
