/** A part of many proofs, where all of them would take too long: every n-th, from the k-th on. */
import { CapstanError } from '../../../shared/errors'

export interface Share {
  /** From 1. */
  readonly part: number
  readonly of: number
}

/** Reads "2/3". @throws CapstanError `bad-input` for what is no share */
export function parseShare(text: string): Share {
  const [, part = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (part >= 1 && part <= of) return { part, of }
  throw new CapstanError('bad-input', `"${text}" is no share.`, { help: 'Say 1/3 for the first of three.' })
}

export function shareOf<T>(all: readonly T[], { part, of }: Share): T[] {
  return all.filter((_one, index) => index % of === part - 1)
}
