/** A share of many proofs, where all of them would take too long: every n-th, counted from the k-th. */
import { CapstanError } from '../../shared/errors'

export interface Share {
  /** Counted from 1. */
  readonly part: number
  readonly of: number
}

/**
 * Reads a share such as "2/3".
 * @throws CapstanError `bad-input` for every other text
 */
export function parseShare(text: string): Share {
  const [, part = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(text) ?? []).map(Number)
  if (part >= 1 && part <= of) return { part, of }
  throw new CapstanError('bad-input', `"${text}" is no share.`, {
    help: 'Write 1/3 for the first of three.',
  })
}

export function shareOf<T>(all: readonly T[], { part, of }: Share): T[] {
  return all.filter((_one, index) => index % of === part - 1)
}
