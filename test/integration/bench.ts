/** A bench for the tests of one file or one `describe`: opened before the first of them, removed after the last. */
import { afterAll, beforeAll } from 'vitest'
import { type Bench, openBench } from './engine-fixture'

/** @returns a function that answers with the bench while the tests run */
export function sharedBench(): () => Bench {
  let bench: Bench | null = null
  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(async () => {
    await bench?.remove()
  })
  return () => {
    if (!bench) throw new Error('The bench is open only while the tests run.')
    return bench
  }
}
