/** The node of a command item: taken, given back, and looked at by the checks. */
import { useEffect, useRef, useState } from 'react'
import type { AttemptView, Problem } from '../../../main/api'
import { useAction, useClient } from '../../api'

export interface ItemNode {
  readonly busy: boolean
  /** The checks look at the node. */
  readonly isJudging: boolean
  readonly problem: Problem | null
  readonly take: () => void
  /** Takes another one in its place. */
  readonly renew: () => void
  readonly judge: () => void
}

export function useNode({ id: attemptId, current }: AttemptView): ItemNode {
  const api = useClient()
  const { busy, problem, run, forget } = useAction()
  /** The item whose node the checks look at. */
  const [judged, setJudged] = useState<number | null>(null)
  const ref = { attemptId, item: current.index }
  // What went wrong with the node of one item says nothing of another one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another item is another node
  useEffect(forget, [current.index])
  useGivenBack(ref, current.command?.sessionId ?? null)
  return {
    busy,
    isJudging: judged === current.index,
    problem,
    take: () => run(() => api.call('exam.takeNode', ref)),
    renew: () =>
      run(async () => {
        await api.call('exam.leaveNode', ref)
        await api.call('exam.takeNode', ref)
      }),
    judge: () =>
      run(async () => {
        setJudged(ref.item)
        await api.call('exam.judge', ref).finally(() => setJudged(null))
      }),
  }
}

interface ItemRef {
  readonly attemptId: string
  readonly item: number
}

/** Whoever goes to another page leaves the item. A page that is loaded again finds its node. */
function useGivenBack(ref: ItemRef, sessionId: string | null): void {
  const api = useClient()
  const held = useRef<ItemRef | null>(null)
  held.current = sessionId === null ? null : ref
  useEffect(
    () => () => {
      // The host gives it back in any case when the attempt ends, or at its own end.
      if (held.current) void api.call('exam.leaveNode', held.current).catch(() => undefined)
    },
    [api],
  )
}
