/** One request to an engine. */
import type { Readable } from 'node:stream'

export interface Request {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD'
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>>
  readonly body?: unknown
  readonly file?: Readable | Buffer
  /** The work, for the error: "creating a container". */
  readonly doing: string
  /** Milliseconds until the answer; for a body or a connection that is handed over, until it begins. */
  readonly limitMs?: number
  /** Ends the call, and the stream that it has answered with. */
  readonly signal?: AbortSignal
  /** Sends empty credentials, because the engine refuses a push without any. */
  readonly anonymous?: boolean
  /** Bytes of the answer that are read; 4 MiB by default. A larger answer is an error. */
  readonly mostBytes?: number
}
