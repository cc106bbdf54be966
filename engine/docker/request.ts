/** One request to an engine. */
import type { Readable } from 'node:stream'

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly file?: Readable | Buffer
  /** What is being done, for the error: "creating a container". */
  readonly doing: string
  /** Milliseconds until the answer; for a stream, until it begins. */
  readonly limitMs?: number
  /** Ends the call, and the stream it has answered with. */
  readonly signal?: AbortSignal
  /** Sends along that no account is used: the engine insists on a word about it. */
  readonly anonymous?: boolean
  /** Answer with the body as it comes. */
  readonly stream?: boolean
  /** Answer with the raw connection. */
  readonly hijack?: boolean
}
