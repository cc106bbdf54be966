/** Looks at the checks of a task once and for all: each gets the time to turn green that its proof gets. */
import type { CheckResult } from '../checks'
import type { Check } from '../labs'
import type { EvaluateCheck } from './live-checks'

const AGAIN_MS = 300

/**
 * @returns a result for each check, in their order: the first green one, or the last
 * @throws the signal's reason when it is given up, as half a grade is none
 */
export async function gradeChecks(
  checks: readonly Check[],
  evaluate: EvaluateCheck,
  signal: AbortSignal,
): Promise<CheckResult[]> {
  return await Promise.all(checks.map((check) => patiently(check, evaluate, signal)))
}

async function patiently(check: Check, evaluate: EvaluateCheck, signal: AbortSignal): Promise<CheckResult> {
  const end = performance.now() + check.within
  for (;;) {
    const result = await evaluate(check, signal)
    signal.throwIfAborted()
    if (result.state === 'green' || performance.now() >= end) return result
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS))
  }
}
