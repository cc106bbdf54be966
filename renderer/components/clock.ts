/** The time, as components read it. A test gives them a clock that it turns by hand. */
import { createContext, useContext } from 'react'

export interface Clock {
  /** Milliseconds that only grow, from an arbitrary start. */
  now(): number
  /** The date and time of day. */
  date(): Date
  /** Runs the work after some milliseconds. @returns a function that cancels it */
  after(ms: number, work: () => void): () => void
}

export const PAGE_CLOCK: Clock = {
  now: () => performance.now(),
  date: () => new Date(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms)
    return () => clearTimeout(timer)
  },
}

export const ClockContext = createContext<Clock>(PAGE_CLOCK)

export function useClock(): Clock {
  return useContext(ClockContext)
}
