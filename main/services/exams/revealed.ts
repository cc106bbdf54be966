/** When the key of an item is shown: in practice as soon as it is over, in a real exam after the end. */
import type { Attempt } from '../../../exam'

export function isRevealedNow(
  { mode, endedBy }: Pick<Attempt, 'mode' | 'endedBy'>,
  { closed }: { readonly closed: boolean },
): boolean {
  return endedBy !== null || (mode !== 'real' && closed)
}
