/**
 * Prepares the engine once before all integration tests, because the first set-up of a machine takes longer than any
 * test may.
 */
import { openEngine } from './engine-fixture'

/** @returns a function that releases the engine after the last test */
export async function setup(): Promise<() => Promise<void>> {
  const ready = await openEngine()
  return async () => await ready[Symbol.asyncDispose]()
}
