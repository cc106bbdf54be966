/** Checks: looked at in the nodes, judged, and explained. */
import type { Check } from '../labs'
import { type CheckTarget, inspect, reasonOf } from './inspect'
import { type CheckResult, failed, judge } from './judge'

export type { CheckTarget } from './inspect'
export { type CheckResult, judge } from './judge'
export { type Found, inWords, matches } from './matchers'

/**
 * Evaluates one check. Never throws: a node that cannot be asked is a result too.
 * @param nodes finds a node by name
 */
export async function evaluateCheck(
  check: Check,
  nodes: (name: string) => CheckTarget,
  signal: AbortSignal,
): Promise<CheckResult> {
  try {
    return judge(check, await inspect(check, nodes(check.on), signal))
  } catch (error) {
    return failed(reasonOf(error))
  }
}
