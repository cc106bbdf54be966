/** The agreement of both ends: calls and streams, the frames that carry them, and the port that carries the frames. */
import { z } from 'zod'
import { Problem } from './problem'
import type { DeepReadonly } from './readonly'

interface CallSpec {
  readonly in: z.ZodType
  readonly out: z.ZodType
}

export interface AnyContract {
  readonly calls: Readonly<Record<string, CallSpec>>
  readonly streams: Readonly<Record<string, CallSpec>>
}

const Id = z.number().int().min(1)

export const Frame = z.discriminatedUnion('t', [
  /** The host says that it listens. */
  z.object({ t: z.literal('hello') }),
  z.object({ t: z.literal('call'), id: Id, name: z.string(), in: z.unknown() }),
  z.object({ t: z.literal('watch'), id: Id, name: z.string(), in: z.unknown() }),
  z.object({ t: z.literal('cancel'), id: Id }),
  z.object({ t: z.literal('ok'), id: Id, out: z.unknown() }),
  z.object({ t: z.literal('item'), id: Id, out: z.unknown() }),
  z.object({ t: z.literal('error'), id: Id, error: Problem }),
])
export type Frame = z.infer<typeof Frame>

/** A transport: frames out, frames in, and an end. */
export interface Port {
  /** A port that is closed sends nothing. @throws ApiError `too-large` on the page's side */
  send(frame: Frame): void
  onFrame(listener: (frame: unknown) => void): () => void
  onClose(listener: () => void): () => void
}

/** The input that a handler gets: it is parsed, and its defaults are filled in. */
type Input<S extends CallSpec> = z.output<S['in']>
/** The answer that a handler may give. It stays the handler's: the host parses it into a copy before it leaves. */
type Answer<S extends CallSpec> = DeepReadonly<z.input<S['out']>>

/** The host's side of a contract, or of one part of it. A call without a handler does not compile. */
export interface Handlers<C extends AnyContract> {
  readonly calls: {
    readonly [K in keyof C['calls']]: (
      input: Input<C['calls'][K]>,
      signal: AbortSignal,
    ) => Promise<Answer<C['calls'][K]>>
  }
  readonly streams: {
    /** Emits a current value, then every change. @returns a function that stops the stream; it may come as a promise */
    readonly [K in keyof C['streams']]: (
      input: Input<C['streams'][K]>,
      emit: (item: Answer<C['streams'][K]>) => void,
    ) => (() => void) | Promise<() => void>
  }
}
