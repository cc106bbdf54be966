/** Chance, as attempts need it: tests put a chance of their own in its place. */
import { randomBytes, randomInt } from 'node:crypto'

export interface Chance {
  /** A new id for an attempt. */
  id(): string
  /** A seed for a form, a whole number below 2^31. */
  seed(): number
}

export const systemChance: Chance = {
  id: () => randomBytes(6).toString('hex'),
  seed: () => randomInt(2 ** 31),
}
