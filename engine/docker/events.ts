/** The engine's live event stream. */
import { EngineEvent, readAnswer } from './answers'
import type { EngineConnection } from './connection'
import { eachLine, readLine } from './json-lines'

const DOING = 'listening to events'

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
  const stream = await connection.open({
    path: '/events',
    query: { filters },
    doing: DOING,
    signal: both,
  })
  const read = (line: Buffer) => {
    if (!both.aborted) onEvent(readAnswer(EngineEvent, readLine(line, DOING), DOING))
  }
  void eachLine(stream, read, DOING)
    // An error also ends the watch: of a stream that is not the engine's, the next line means nothing either.
    .catch(() => undefined)
    .finally(() => both.aborted || onEnd())
  return () => own.abort()
}
