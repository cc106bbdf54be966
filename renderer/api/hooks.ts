/** Hooks that read from the host, and that let it work. */
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react'
import type { z } from 'zod'
import type { Contract, Problem } from '../../main/api'
import { type ConnectionState, useClient } from './client'
import { asProblem } from './problem'

type Streams = Contract['streams']
type Calls = Contract['calls']
type Answer<K extends keyof Calls> = z.output<Calls[K]['out']>
type Item<K extends keyof Streams> = z.output<Streams[K]['out']>

export interface Watched<T> {
  /** Null until the first value has come. */
  readonly value: T | null
  readonly problem: Problem | null
}

/** The newest value of a stream. The hook watches again when the input changes. */
export function useStream<K extends keyof Streams>(
  name: K,
  input: z.input<Streams[K]['in']>,
): Watched<Item<K>> {
  const api = useClient()
  const key = JSON.stringify(input)
  const [state, setState] = useState<Watched<Item<K>>>({ value: null, problem: null })
  useEffect(() => {
    setState({ value: null, problem: null })
    return api.subscribe(name, JSON.parse(key), {
      onItem: (value) => setState({ value, problem: null }),
      onError: (error) => setState((last) => ({ ...last, problem: asProblem(error) })),
    })
  }, [api, name, key])
  return state
}

export function useConnectionState(): ConnectionState {
  const api = useClient()
  return useSyncExternalStore(api.onState, () => api.state)
}

/** Whether the host runs and does not let this page in. */
export function useIsRefused(): boolean {
  const api = useClient()
  return useSyncExternalStore(api.onState, () => api.isRefused)
}

export interface Asked<T> extends Watched<T> {
  readonly again: () => void
}

/** The answer to a call that changes nothing. The call is made again when the line to the host is back. */
export function useAnswer<K extends keyof Calls>(name: K, input: z.input<Calls[K]['in']>): Asked<Answer<K>> {
  const api = useClient()
  const key = JSON.stringify(input)
  const isConnected = useConnectionState() === 'connected'
  const [count, setCount] = useState(0)
  const [state, setState] = useState<Watched<Answer<K>>>({ value: null, problem: null })
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count asks again
  useEffect(() => {
    if (!isConnected) return
    let isWanted = true
    api.call(name, JSON.parse(key)).then(
      (value) => isWanted && setState({ value, problem: null }),
      (error: unknown) => isWanted && setState({ value: null, problem: asProblem(error) }),
    )
    return () => {
      isWanted = false
    }
  }, [api, name, key, isConnected, count])
  const again = useCallback(() => setCount((last) => last + 1), [])
  return { ...state, again }
}

export interface Action {
  readonly busy: boolean
  readonly problem: Problem | null
  readonly run: (work: () => Promise<unknown>) => void
  readonly forget: () => void
}

/** Runs work for the user. Says whether it runs, and keeps what went wrong. */
export function useAction(): Action {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const run = useCallback((work: () => Promise<unknown>) => {
    setBusy(true)
    setProblem(null)
    work()
      .catch((error: unknown) => setProblem(asProblem(error)))
      .finally(() => setBusy(false))
  }, [])
  const forget = useCallback(() => setProblem(null), [])
  return { busy, problem, run, forget }
}
