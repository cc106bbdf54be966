/** Sends the acts of a candidate to the host, one after the other. */
import { useCallback, useEffect, useState } from 'react'
import type { AttemptView, Problem } from '../../../main/api'
import { asProblem, useClient } from '../../api'
import { type Act, outboxOf } from '../../attempt'
import { useClock } from '../../components'

export interface Sending {
  readonly busy: boolean
  readonly problem: Problem | null
  /** @returns the view after the act, or null when the host refused it */
  readonly send: (act: Act) => Promise<AttemptView | null>
}

export function useSending(attemptId: string): Sending {
  const api = useClient()
  const clock = useClock()
  const [waiting, setWaiting] = useState(0)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => void outboxOf(attemptId, api, clock), [attemptId, api, clock])
  const send = useCallback(
    async (act: Act) => {
      setWaiting((count) => count + 1)
      setProblem(null)
      try {
        return await outboxOf(attemptId, api, clock).send(act)
      } catch (error) {
        setProblem(asProblem(error))
        return null
      } finally {
        setWaiting((count) => count - 1)
      }
    },
    [attemptId, api, clock],
  )
  return { busy: waiting > 0, problem, send }
}
