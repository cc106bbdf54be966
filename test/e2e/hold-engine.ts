/** Once before all specs: the engine runs until the last is over, and is not started and stopped again for each. */
import { openEngine } from '../integration/engine-fixture'

/** @returns lets go of the engine */
// biome-ignore lint/style/noDefaultExport: Playwright asks for one
export default async function holdEngine(): Promise<() => Promise<void>> {
  const ready = await openEngine()
  return async () => await ready[Symbol.asyncDispose]()
}
