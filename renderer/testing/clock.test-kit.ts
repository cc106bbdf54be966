/** A clock that a test turns by hand. */
import type { Clock } from '../components'

interface Plan {
  readonly at: number
  readonly work: () => void
}

export class HandClock implements Clock {
  #now = 0
  #plans: readonly Plan[] = []
  readonly #start: number

  /** @param start the date at the beginning, ISO 8601 */
  constructor(start = '2026-03-01T12:00:00Z') {
    this.#start = Date.parse(start)
  }

  readonly now = (): number => this.#now

  readonly date = (): Date => new Date(this.#start + this.#now)

  readonly after = (ms: number, work: () => void): (() => void) => {
    const plan = { at: this.#now + ms, work }
    this.#plans = [...this.#plans, plan]
    return () => {
      this.#plans = this.#plans.filter((one) => one !== plan)
    }
  }

  /** Lets time pass. What is due on the way happens in its order, and may plan more. */
  advance(ms: number): void {
    const end = this.#now + ms
    for (let next = this.#next(end); next; next = this.#next(end)) {
      this.#plans = this.#plans.filter((one) => one !== next)
      this.#now = next.at
      next.work()
    }
    this.#now = end
  }

  #next(end: number): Plan | undefined {
    return this.#plans.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0]
  }
}
