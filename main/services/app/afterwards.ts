/** What waits until the first page has been served: warm nodes, and hands-on exams that were running. */

/** Milliseconds between an engine that is ready and the first nodes that nobody has asked for. */
const WARM_UP_MS = 10_000
/** Milliseconds until hands-on exams are taken up. Their files take a while, and the first page waits for nothing of them. */
const HANDS_ON_MS = 500

export interface AfterwardsOptions {
  /** Whoever opens a lab at once gets its nodes by that. Before, the page needs the processor. */
  readonly warmUp: () => void
  /** Never rejects. */
  readonly resumeHandsOn: () => Promise<void>
}

export class Afterwards {
  readonly #options: AfterwardsOptions
  #timers: NodeJS.Timeout[] = []

  constructor(options: AfterwardsOptions) {
    this.#options = options
  }

  /** The engine is ready. A later call counts, not an earlier one. */
  begin(): void {
    this.stop()
    const { warmUp, resumeHandsOn } = this.#options
    this.#timers = [
      setTimeout(() => void resumeHandsOn(), HANDS_ON_MS),
      setTimeout(warmUp, WARM_UP_MS).unref(),
    ]
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
  }
}
