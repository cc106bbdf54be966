/**
 * Grades a task as it is when it is handed in. First the student's way into the nodes is shut and all that the student
 * runs there is ended. Then each check gets as much time to turn green as its proof gets, because engines need time to
 * do what they were told.
 */
import { until } from '../../shared/system/wait'
import type { CheckResult } from '../checks'
import type { Check } from '../labs'
import type { Gate } from './gate'
import type { EvaluateCheck } from './live-checks'
import type { SessionNodes } from './session-nodes'
import type { SessionTerminals } from './session-terminals'

const AGAIN_MS = 300

export type Graded = CheckResult & { readonly name: string }

export interface Grade {
  /** When nothing of the student ran in the nodes any more, and the checks began to look. */
  readonly judgedAt: Date
  readonly checks: readonly Graded[]
}

export interface GradedParts {
  readonly gate: Gate
  readonly terminals: Pick<SessionTerminals, 'closeAll'>
  readonly nodes: Pick<SessionNodes, 'endProcesses'>
}

/**
 * Ends all work of the student in the nodes. It is the session's turn meanwhile.
 * @throws CapstanError when a node cannot be asked; what was shut stays shut
 */
export async function endWork({ gate, terminals, nodes }: GradedParts): Promise<Date> {
  gate.shut()
  await nodes.endProcesses()
  await terminals.closeAll()
  // What was asked for before may have started a process after the first look.
  await gate.emptied()
  await nodes.endProcesses()
  return new Date()
}

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
