/** Notices changes in folders of a node while the editor is on the page. */
import { useCallback, useEffect, useRef } from 'react'
import { useClient } from '../api'
import { useClock } from '../components'

/** The first pause, and the longest one while nothing changes. */
const FIRST_MS = 2_000
const LONGEST_MS = 15_000

interface Watch {
  readonly sessionId: string
  readonly node: string
  readonly folders: readonly string[]
  /** A new value means that something may have happened: the checks have looked, because a prompt came back. */
  readonly tick: unknown
  readonly onChange: () => void
}

export function useFileWatch({ sessionId, node, folders, tick, onChange }: Watch): void {
  const api = useClient()
  const clock = useClock()
  const latest = useRef({ folders, onChange })
  latest.current = { folders, onChange }
  const last = useRef({ key: '', stamp: '' })
  const isAsking = useRef(false)
  /** @returns whether something has changed */
  const look = useCallback(async (): Promise<boolean> => {
    if (isAsking.current || document.visibilityState === 'hidden') return false
    isAsking.current = true
    const { folders: asked } = latest.current
    const key = asked.join('\0')
    // A node that does not answer is asked again later.
    const answer = await api
      .call('file.stamp', { sessionId, node, folders: [...asked] })
      .catch(() => null)
      .finally(() => {
        isAsking.current = false
      })
    if (!answer) return false
    const hasChanged = last.current.key === key && last.current.stamp !== answer.stamp
    last.current = { key, stamp: answer.stamp }
    if (hasChanged) latest.current.onChange()
    return hasChanged
  }, [api, sessionId, node])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new tick looks at once
  useEffect(() => {
    void look()
  }, [look, tick])

  useEffect(() => {
    let isOver = false
    let cancel: () => void
    const wait = (ms: number) => {
      cancel = clock.after(ms, async () => {
        const hasChanged = await look()
        if (!isOver) wait(hasChanged ? FIRST_MS : Math.min(ms * 1.5, LONGEST_MS))
      })
    }
    wait(FIRST_MS)
    return () => {
      isOver = true
      cancel()
    }
  }, [clock, look])
}
