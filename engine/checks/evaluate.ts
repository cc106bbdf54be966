/** Evaluates one check: looks at its node, then judges what was found. */
import { CapstanError } from '../../shared/errors'
import { type CheckResult, failed, judge } from './judge'
import { type Check, type CheckTarget, inspect } from './kinds'

/**
 * Evaluates one check. It never throws: a node that cannot be asked is a result too.
 * @param nodes finds a node by its name
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

/** Why a look failed, in words. */
function reasonOf(error: unknown): string {
  if (error instanceof CapstanError) return error.help ? `${error.message} ${error.help}` : error.message
  return error instanceof Error ? error.message : String(error)
}
