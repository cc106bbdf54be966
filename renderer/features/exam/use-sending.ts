/** Sends the acts of a candidate to the host, one after the other. */
import { useCallback, useRef, useState } from 'react'
import { ApiError, type AttemptView, type Problem } from '../../../main/api'
import { Turns } from '../../../shared/turns'
import { asProblem } from '../../api'
import { type Clock, useClock } from '../../components'

/** The line to the host needs a moment to notice that it is down. */
const LINE_PAUSE_MS = 100

export interface Sending {
  readonly busy: boolean
  readonly problem: Problem | null
  /** @returns the view after the act, or null when the host refused it */
  readonly send: (work: () => Promise<AttemptView>) => Promise<AttemptView | null>
}

export function useSending(): Sending {
  const clock = useClock()
  const turns = useRef(new Turns())
  const [waiting, setWaiting] = useState(0)
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = useCallback(
    async (work: () => Promise<AttemptView>) => {
      setWaiting((count) => count + 1)
      setProblem(null)
      try {
        return await turns.current.run(() => untilAnswered(work, clock))
      } catch (error) {
        setProblem(asProblem(error))
        return null
      } finally {
        setWaiting((count) => count - 1)
      }
    },
    [clock],
  )
  return { busy: waiting > 0, problem, send }
}

/** Sends an act again when its answer was lost with the line. The host accepts the same act twice. */
async function untilAnswered(work: () => Promise<AttemptView>, clock: Clock): Promise<AttemptView> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'disconnected')) throw error
      await new Promise<void>((resolve) => clock.after(LINE_PAUSE_MS, resolve))
    }
  }
}
