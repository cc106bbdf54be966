/** The engine's live event stream. */
import type { Readable } from 'node:stream'
import type { DockerClient } from './client'
import { eachLine } from './json-lines'

/** One event as the engine sends it (Engine API, "Monitor events"). */
export interface EngineEvent {
  readonly Type: string
  readonly Action: string
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
  readonly time: number
}

export interface EventWatch {
  readonly filters?: Readonly<Record<string, readonly string[]>>
  readonly onEvent: (event: EngineEvent) => void
  /** The engine has ended the stream: it stops, or its node does. Not called after an abort. */
  readonly onEnd: () => void
  readonly signal: AbortSignal
}

/** Resolves when the stream is open: events from then on are seen. */
export async function watchEvents(
  client: DockerClient,
  { filters, onEvent, onEnd, signal }: EventWatch,
): Promise<void> {
  const stream = await client.send<Readable>({
    path: '/events',
    query: { filters },
    doing: 'listening to events',
    stream: true,
    signal,
  })
  const stop = () => stream.destroy()
  signal.addEventListener('abort', stop, { once: true })
  if (signal.aborted) stop()
  void eachLine(stream, (line) => onEvent(JSON.parse(line) as EngineEvent))
    .catch(() => undefined)
    .finally(() => {
      signal.removeEventListener('abort', stop)
      if (!signal.aborted) onEnd()
    })
}
