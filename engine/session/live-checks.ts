/**
 * Keeps the checks of one step true to the nodes: evaluates them when something happens, never twice at once.
 *
 * Three things make it look again: an event of a node's engine, the return of a prompt, and a slow tick for
 * what neither announces (a file written by a background job, a firewall rule set from a script).
 */
import type { CheckResult } from '../checks'
import type { Check } from '../labs'
import type { LabNode } from '../node'

export type EvaluateCheck = (check: Check, signal: AbortSignal) => Promise<CheckResult>

export interface LiveChecksOptions {
  readonly evaluate: EvaluateCheck
  readonly onResults: (checks: readonly Check[], results: readonly CheckResult[]) => void
  /** Milliseconds between looks when nothing announces a change. */
  readonly tickMs?: number
}

/** A burst of events (create, connect, start) is one change: wait this long after a look before the next at least. */
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
  /** How many looks have begun. */
  #begun = 0
  #waiting: { readonly look: number; readonly done: () => void }[] = []

  constructor(options: LiveChecksOptions) {
    this.#options = options
  }

  /** Looks after these checks from now on, and at once. */
  watch(checks: readonly Check[]): void {
    this.#abort.abort()
    this.#abort = new AbortController()
    this.#checks = checks
    this.#paused = false
    this.#tick ??= setInterval(() => this.nudge(), this.#options.tickMs ?? TICK_MS).unref()
    this.nudge()
  }

  /** Something has changed: look again soon. */
  nudge(): void {
    if (this.#paused) return
    this.#dirty = true
    this.#looking ??= this.#lookUntilClean().finally(() => {
      this.#looking = null
    })
  }

  /** Looks now and resolves when a look that began after the call is over. */
  async refresh(): Promise<void> {
    if (this.#paused) return
    const over = new Promise<void>((done) => this.#waiting.push({ look: this.#begun + 1, done }))
    this.nudge()
    await over
  }

  /** Stops looking; a look that is under way is given up and reports nothing. */
  pause(): void {
    this.#paused = true
    this.#dirty = false
    this.#abort.abort()
    if (this.#tick) clearInterval(this.#tick)
    this.#tick = null
    this.#tellWaiting(Number.POSITIVE_INFINITY)
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
      this.#tellWaiting(look)
      // A busy machine gets as much time for the student's work as for looking at it.
      const pause = Math.max(QUIET_MS, performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }

  #tellWaiting(look: number): void {
    const over = this.#waiting.filter((waiting) => waiting.look <= look)
    this.#waiting = this.#waiting.filter((waiting) => waiting.look > look)
    for (const { done } of over) done()
  }
}

/** Events that a check of ours causes itself, or that change nothing a check could see. */
const OWN_ACTIONS = /^(exec_|archive-path|top|attach|resize|export)/

/**
 * Calls `onChange` for every event of the node's inner engine, and goes on when the engine was restarted.
 *
 * @returns stops the watch
 */
export function watchNode(node: LabNode, onChange: () => void): () => void {
  const abort = new AbortController()
  void followEvents(node, onChange, abort.signal)
  return () => abort.abort()
}

const RETRY_MS = 500

async function followEvents(node: LabNode, onChange: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await followOnce(node, onChange, signal)
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    onChange()
  }
}

/** Resolves when the stream ends, or cannot be opened: a node that is off is asked again and again. */
async function followOnce(node: LabNode, onChange: () => void, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      signal.removeEventListener('abort', end)
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
    node.docker
      .watchEvents({
        signal,
        onEvent: (event) => {
          if (!OWN_ACTIONS.test(event.Action)) onChange()
        },
        onEnd: end,
      })
      .catch(end)
  })
}
