/** Random choices that are the same for the same seed. */
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

export class Random {
  readonly #generator: ReturnType<typeof xoroshiro128plus>

  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed)
  }

  /** A whole number from 0 up to, but not including, the limit. */
  below(limit: number): number {
    return uniformInt(this.#generator, 0, limit - 1)
  }

  /** A shuffled copy (Fisher–Yates). */
  shuffled<T>(items: readonly T[]): T[] {
    const copy = [...items]
    for (let last = copy.length - 1; last > 0; last--) {
      const other = this.below(last + 1)
      const [a, b] = [copy[last] as T, copy[other] as T]
      copy[last] = b
      copy[other] = a
    }
    return copy
  }
}
