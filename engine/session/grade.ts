/** Grades the checks of a task: each check gets as much time to turn green as its proof gets. */
import { until } from '../../shared/system/wait'
import type { CheckResult } from '../checks'
import type { Check } from '../labs'
import type { EvaluateCheck } from './live-checks'

const AGAIN_MS = 300

/**
 * @returns a result for each check, in their order: the first green one, or the last one in its time
 * @throws the signal's reason when the grading is given up, because half a grade is none
 */
export async function gradeChecks(
  checks: readonly Check[],
  evaluate: EvaluateCheck,
  signal: AbortSignal,
): Promise<CheckResult[]> {
  return await Promise.all(checks.map((check) => untilGreen(check, evaluate, signal)))
}

async function untilGreen(check: Check, evaluate: EvaluateCheck, signal: AbortSignal): Promise<CheckResult> {
  const look = async () => {
    const result = await evaluate(check, signal)
    // A look that was given up has seen nothing.
    signal.throwIfAborted()
    return result
  }
  return await until(look, {
    isDone: ({ state }) => state === 'green',
    limitMs: check.within,
    everyMs: AGAIN_MS,
    signal,
  })
}
