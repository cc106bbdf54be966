/** Once before all integration tests: the first set-up of a machine takes longer than any test may. */
import { openEngine } from './engine-fixture'

/** @returns lets go of the engine, which is held until the last test is over */
export async function setup(): Promise<() => Promise<void>> {
  const ready = await openEngine()
  return async () => await ready[Symbol.asyncDispose]()
}
