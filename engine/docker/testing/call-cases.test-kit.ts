/** Checks that a method of the client sends the request that the engine's API asks for, and reads its answer. */
import { expect } from 'vitest'
import type { DockerClient } from '../client'
import type { HttpEngine, SeenRequest } from './http-engine.test-kit'

export interface CallCase {
  readonly what: string
  readonly call: (docker: DockerClient) => Promise<unknown>
  readonly sends: Partial<SeenRequest>
  /** The value that the engine answers with; an empty object by default. */
  readonly answer?: unknown
  /** The value that the call gives, where that is of interest. */
  readonly gives?: unknown
}

export async function checkCall(engine: HttpEngine, { call, sends, answer, gives }: CallCase): Promise<void> {
  engine.answer(200, answer ?? {})
  const result = await call(engine.client)
  expect(engine.seen).toEqual([expect.objectContaining(sends)])
  if (gives !== undefined) expect(result).toEqual(gives)
}
