/** What stands between the root of a node and this computer. */
import type { Capabilities } from './capabilities'

/**
 * - `user-namespace`: root in a node is an ordinary user without rights on the engine's machine.
 * - `host-root`: root in a node is root on the engine's machine. What a lab runs could take that machine over.
 */
export type Isolation = 'user-namespace' | 'host-root'

/** Tells how the nodes of an engine are kept apart from its machine. */
export function isolationOf({ userns }: Pick<Capabilities, 'userns'>): Isolation {
  return userns ? 'user-namespace' : 'host-root'
}
