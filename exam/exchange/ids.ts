/** Ids of questions, made of foreign names. */
import anyAscii from 'any-ascii'

const LONGEST = 50
const SHORTEST = 3

/** Lower case, hyphens, and no two the same. Letters of other scripts are written as Latin ones that sound alike. */
export class FreeIds {
  /** How often each name was asked for. */
  readonly #asked = new Map<string, number>()
  readonly #taken: Set<string>

  /** @param taken ids that the bank has already */
  constructor(taken: Iterable<string> = []) {
    this.#taken = new Set(taken)
  }

  free(name: string): string {
    const plain = idOf(name)
    const base = plain.length >= SHORTEST ? plain : `item-${plain || this.#taken.size + 1}`
    let turn = (this.#asked.get(base) ?? 0) + 1
    while (this.#taken.has(turn === 1 ? base : `${base}-${turn}`)) turn++
    this.#asked.set(base, turn)
    const id = turn === 1 ? base : `${base}-${turn}`
    this.#taken.add(id)
    return id
  }
}

/** A name in lower case letters, digits and hyphens, which begins with a letter and ends with none of the hyphens; maybe empty. */
export function idOf(name: string): string {
  return anyAscii(name)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, LONGEST)
    .replace(/-+$/, '')
}
