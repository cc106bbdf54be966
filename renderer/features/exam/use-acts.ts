/** What the candidate does, sent in order and exactly once; shown before the host has answered. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiError, type AttemptView, type Problem } from '../../../main/api'
import { api, asProblem } from '../../api/connection'

/** A press this soon after an option has come cannot be about that option: it is the second half of a double one. */
const UNREAD_MS = 250
/** The line to the host needs a moment to notice that it is down. */
const LINE_PAUSE_MS = 100

export interface Acts {
  /** Options chosen in the item that is looked at, with what was just pressed. */
  readonly chosen: readonly number[]
  readonly busy: boolean
  /** The option that waits for its yes or no has been in sight long enough to be answered. */
  readonly canDecide: boolean
  readonly problem: Problem | null
  readonly choose: (options: readonly number[]) => void
  /** Yes or no to the option that is shown; resolves to the view after it, or null where nothing was said. */
  readonly decide: (yes: boolean) => Promise<AttemptView | null>
  readonly flag: () => void
  readonly reveal: () => void
  readonly look: (item: number) => void
  readonly end: () => void
}

/** Every act can be told twice without harm, so that one whose answer was lost with the line is told again. */
async function untilTold(work: () => Promise<AttemptView>): Promise<AttemptView> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'disconnected')) throw error
      await new Promise((resolve) => setTimeout(resolve, LINE_PAUSE_MS))
    }
  }
}

interface Sending {
  readonly busy: boolean
  readonly problem: Problem | null
  readonly send: (work: () => Promise<AttemptView>) => Promise<AttemptView | null>
}

/** One act after the other. */
function useSending(): Sending {
  const line = useRef<Promise<unknown>>(Promise.resolve())
  const [waiting, setWaiting] = useState(0)
  const [problem, setProblem] = useState<Problem | null>(null)
  const send = useCallback((work: () => Promise<AttemptView>) => {
    setWaiting((count) => count + 1)
    setProblem(null)
    const done = line.current
      .then(() => untilTold(work))
      .catch((error: unknown) => {
        setProblem(asProblem(error))
        return null
      })
      .finally(() => setWaiting((count) => count - 1))
    line.current = done
    return done
  }, [])
  return { busy: waiting > 0, problem, send }
}

export function useActs(view: AttemptView): Acts {
  const { busy, problem, send } = useSending()
  const { id: attemptId, current } = view
  const [draft, setDraft] = useState<{ item: number; options: readonly number[] } | null>(null)
  const item = current.index
  const said = useSaid(current)
  const flagged = view.items[item]?.flagged ?? false
  const isDraft = draft?.item === item
  useEffect(() => {
    if (!busy) setDraft(null)
  }, [busy])

  return {
    busy,
    problem,
    canDecide: said.isSeen,
    chosen: isDraft ? draft.options : current.chosen,
    choose: (options) => {
      setDraft({ item, options })
      void send(() => api.call('exam.choose', { attemptId, item, options: [...options] }))
    },
    decide: async (yes) => {
      const option = said.option()
      if (option === null) return null
      const answer = await send(() => api.call('exam.decide', { attemptId, item, option, yes }))
      if (!answer) said.forget()
      return answer
    },
    flag: () => void send(() => api.call('exam.flag', { attemptId, item, on: !flagged })),
    reveal: () => void send(() => api.call('exam.reveal', { attemptId, item })),
    look: (next) => void send(() => api.call('exam.move', { attemptId, item: next })),
    end: () => void send(() => api.call('exam.end', { attemptId })),
  }
}

/** Lets each option of a DOMC item be answered once, and not before it can have been seen. */
function useSaid({ index, delivery, closed, options }: AttemptView['current']) {
  const shown = delivery === 'domc' && !closed ? (options[0]?.id ?? null) : null
  const place = `${index}:${shown}`
  const [seen, setSeen] = useState('')
  const said = useRef('')
  useEffect(() => {
    const timer = setTimeout(() => setSeen(place), UNREAD_MS)
    return () => clearTimeout(timer)
  }, [place])
  return {
    isSeen: shown !== null && seen === place,
    option: (): number | null => {
      if (seen !== place || said.current === place) return null
      said.current = place
      return shown
    },
    forget: () => {
      said.current = ''
    },
  }
}
