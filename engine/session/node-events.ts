/** The events of a node's inner engine, also across restarts of that engine. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { EngineEvent } from '../docker'
import type { SessionNode } from './topologies'

type WatchedNode = Pick<SessionNode, 'docker'>

/** A check of ours causes these events itself, or they change nothing that a check could see. */
const OWN_ACTIONS = /^(exec_|archive-path|top|attach|resize|export)/
const RETRY_MS = 500

/** `created` is a change that another one follows soon: a container has an address, and nobody answers there yet. */
export type Change = 'change' | 'created'

/**
 * Calls `onChange` for every event of the node's inner engine, and after every break in the stream of events.
 *
 * @param retryMs the pause before a stream that has ended is opened again
 * @returns a function that stops the watch
 */
export function watchNode(
  node: WatchedNode,
  onChange: (change: Change) => void,
  retryMs = RETRY_MS,
): () => void {
  const abort = new AbortController()
  void followEvents(node, { onChange, retryMs, signal: abort.signal })
  return () => abort.abort()
}

interface Following {
  readonly onChange: (change: Change) => void
  readonly retryMs: number
  readonly signal: AbortSignal
}

async function followEvents(node: WatchedNode, following: Following): Promise<void> {
  const { onChange, retryMs, signal } = following
  while (!signal.aborted) {
    await followOnce(node, following)
    // The abort ends the pause too, and is then seen below.
    await sleep(retryMs, undefined, { signal }).catch(() => undefined)
    // Events may have been missed while nobody listened.
    if (!signal.aborted) onChange('change')
  }
}

/** Resolves when the stream ends, or when it cannot be opened because the node is off. */
async function followOnce(node: WatchedNode, { onChange, signal }: Following): Promise<void> {
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
          if (!OWN_ACTIONS.test(event.Action)) onChange(isBeforeStart(event) ? 'created' : 'change')
        },
        onEnd: end,
      })
      .catch(end)
  })
}

function isBeforeStart({ Type, Action }: EngineEvent): boolean {
  return (Type === 'container' && Action === 'create') || (Type === 'network' && Action === 'connect')
}
