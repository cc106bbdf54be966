/**
 * Fuzz tests: properties that hold for every input, tried with random inputs for some seconds.
 *
 * `CAPSTAN_FUZZ_SECONDS` is the time of each property, 3 unless it is set. `CAPSTAN_SEED` is the seed. A failure
 * names its seed and the smallest input that fast-check found.
 */
import { randomInt } from 'node:crypto'
import fc from 'fast-check'

const DEFAULT_SECONDS = 3
/** A single input that takes longer than this is a failure: the property hangs. */
const LONGEST_INPUT_MS = 20_000

/** The time of each property in milliseconds. */
export function fuzzTime(): number {
  return Number(process.env.CAPSTAN_FUZZ_SECONDS ?? DEFAULT_SECONDS) * 1000
}

/** The time limit of a test with so many properties: the inputs' own, and room for setting up and shrinking. */
export function fuzzTimeout(properties = 1): number {
  return properties * (fuzzTime() + 60_000)
}

/**
 * Tries a property with random inputs until its time is over, and tells how many there were.
 * @param name what is tried, for the line that is printed
 * @throws Error that names the seed and the smallest failing input
 */
export async function fuzz<T>(
  name: string,
  inputs: fc.Arbitrary<T>,
  property: (input: T) => Promise<void> | void,
): Promise<void> {
  const seed = Number(process.env.CAPSTAN_SEED ?? randomInt(2 ** 31))
  const started = performance.now()
  let tried = 0
  const counted = fc.asyncProperty(inputs, async (input) => {
    tried++
    await property(input)
  })
  await fc.assert(counted, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: fuzzTime(),
    markInterruptAsFailure: false,
    timeout: LONGEST_INPUT_MS,
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`${name}: ${tried} inputs in ${seconds} s, no failure (CAPSTAN_SEED=${seed})`)
}
