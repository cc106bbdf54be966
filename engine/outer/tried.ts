/** What a search for an engine looked at, in its order. */
import { CapstanError } from '../../shared/errors'

/** One place that was looked at. */
export interface Tried {
  /** The place in words, such as "context colima (unix:///…)". */
  readonly what: string
  /** What was found there, such as "not there". */
  readonly result: string
}

/** A search that has found no engine, or not the one that was named. */
export class EngineNotFound extends CapstanError {
  readonly tried: readonly Tried[]

  constructor(why: CapstanError, tried: readonly Tried[]) {
    const { code, message, help, status } = why
    super(code, message, { ...(help !== null && { help }), ...(status !== null && { status }), cause: why })
    this.tried = tried
  }
}

/** What a search that failed has looked at; nothing for any other error. */
export function triedBefore(error: unknown): readonly Tried[] {
  return error instanceof EngineNotFound ? error.tried : []
}
