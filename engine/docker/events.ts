/** The engine's live event stream. */
import type { Readable } from 'node:stream'
import type { EngineConnection } from './connection'
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
  /** Called when the engine has ended the stream, because it or its node stops. Not called after an abort. */
  readonly onEnd: () => void
  readonly signal?: AbortSignal
}

/** Resolves when the stream is open: events from then on are seen. @returns a function that stops the watch */
export async function watchEvents(
  connection: EngineConnection,
  { filters, onEvent, onEnd, signal }: EventWatch,
): Promise<() => void> {
  const own = new AbortController()
  const both = signal ? AbortSignal.any([signal, own.signal]) : own.signal
  const stream = await connection.send<Readable>({
    path: '/events',
    query: { filters },
    doing: 'listening to events',
    stream: true,
    signal: both,
  })
  void eachLine(stream, (line) => both.aborted || onEvent(JSON.parse(line) as EngineEvent))
    // An error also ends the watch.
    .catch(() => undefined)
    .finally(() => both.aborted || onEnd())
  return () => own.abort()
}
