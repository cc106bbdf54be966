/**
 * Grades a task as it is when it is handed in. First the student's way into the nodes is shut and all that the student
 * runs there is ended. Then each check gets as much time to turn green as its proof gets, because engines need time to
 * do what they were told.
 */
import { CapstanError } from '../../shared/errors'
import { until } from '../../shared/system/wait'
import type { CheckResult } from '../checks'
import type { Check } from '../labs'
import type { Gate } from './gate'
import type { EvaluateCheck } from './live-checks'
import type { SessionNodes } from './session-nodes'
import type { SessionTerminals } from './session-terminals'

const AGAIN_MS = 300
/** A killed process needs some time to end on a busy machine or a slow disk. */
const END_LIMIT_MS = 30_000

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
  /** How long it is tried to end what runs in the nodes. The default is 30 seconds. */
  readonly endLimitMs?: number
}

/**
 * Ends all work of the student in the nodes. It is the session's turn meanwhile.
 * @throws CapstanError `work-goes-on` when some of it cannot be ended, another one when a node cannot be asked, and the
 *   signal's reason; what was shut stays shut
 */
export async function endWork(
  { gate, terminals, nodes, endLimitMs = END_LIMIT_MS }: GradedParts,
  signal: AbortSignal,
): Promise<Date> {
  gate.shut()
  // Whatever this leaves is ended below, when nothing can be started any more.
  await nodes.endProcesses()
  await terminals.closeAll()
  // What was asked for before may have started a process after the first look.
  await gate.emptied()
  await until(() => nodes.endProcesses(), {
    isDone: (left) => left.length === 0,
    limitMs: endLimitMs,
    everyMs: AGAIN_MS,
    signal,
    atLimit: workGoesOn,
  })
  return new Date()
}

function workGoesOn(nodes: readonly string[]): CapstanError {
  return new CapstanError(
    'work-goes-on',
    `What was started in ${nodes.join(' and ')} could not be ended, and work after the hand-in does not count.`,
    { help: 'Next time, end what starts itself again before you hand in.' },
  )
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
