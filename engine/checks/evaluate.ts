/** Evaluates one check: looks at its node, then judges what was found. */
import { CapstanError } from '../../shared/errors'
import { type CheckResult, failed, judge } from './judge'
import { type Check, type CheckTarget, inspect } from './kinds'

/**
 * Evaluates one check. It never throws: a node that cannot be asked is a result too.
 * @param nodes finds a node by its name
 * @param judged judges what was found: for students when left out
 */
export async function evaluateCheck(
  check: Check,
  nodes: (name: string) => CheckTarget,
  signal: AbortSignal,
  judged: typeof judge = judge,
): Promise<CheckResult> {
  try {
    return judged(check, await inspect(check, nodes(check.on), signal))
  } catch (error) {
    return failure(error)
  }
}

/** A look that failed, in words. Those of a program's error are no sentence, so they are only quoted. */
function failure(error: unknown): CheckResult {
  if (error instanceof CapstanError)
    return failed(`This could not be looked at: ${[error.message, error.help].filter(Boolean).join(' ')}`)
  const words = error instanceof Error ? error.message : String(error)
  return failed('This could not be looked at, because there is a mistake in the check itself.', words)
}
