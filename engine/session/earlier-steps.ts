/** Brings new nodes to the state in which a later step begins: does the steps before it as their solutions do. */
import { CapstanError } from '../../shared/errors'
import { until } from '../../shared/system/wait'
import type { CheckResult } from '../checks'
import type { Check, LoadedStep, NodeAction } from '../labs'

export interface EarlierStepsOptions {
  readonly steps: readonly LoadedStep[]
  /** Runs the step's set-up. */
  readonly prepare: (step: LoadedStep) => Promise<void>
  readonly type: (node: string, script: string) => Promise<void>
  readonly switchNode: (node: string, action: NodeAction) => Promise<void>
  readonly evaluate: (step: LoadedStep) => Promise<ReadonlyMap<Check, CheckResult>>
  readonly onActivity: (text: string) => void
  readonly signal: AbortSignal
}

const LOOK_EVERY_MS = 200

/** @throws CapstanError `session-state` for a step whose solution does not turn it green, or the signal's reason */
export async function doEarlierSteps(options: EarlierStepsOptions): Promise<void> {
  const { steps, onActivity, signal } = options
  for (const [index, step] of steps.entries()) {
    signal.throwIfAborted()
    onActivity(`Step ${index + 1} of ${steps.length}: ${step.title}`)
    await options.prepare(step)
    await solve(step, options)
  }
}

async function solve(step: LoadedStep, options: EarlierStepsOptions): Promise<void> {
  const { type, switchNode, evaluate, signal } = options
  try {
    for (const part of step.solution) {
      signal.throwIfAborted()
      if ('action' in part) await switchNode(part.on, part.action)
      else await type(part.on, part.text)
    }
  } catch (error) {
    signal.throwIfAborted()
    throw notDone(step, error instanceof Error ? error.message : String(error))
  }
  const limitMs = Math.max(...step.checks.map(({ within }) => within))
  const isDone = (results: ReadonlyMap<Check, CheckResult>) => redOnes(results).length === 0
  const results = await until(() => evaluate(step), { isDone, limitMs, everyMs: LOOK_EVERY_MS, signal })
  if (!isDone(results)) throw notDone(step, redOnes(results).join(' '))
}

function redOnes(results: ReadonlyMap<Check, CheckResult>): string[] {
  const red = [...results].filter(([, { state }]) => state !== 'green')
  return red.map(([check, { explanation }]) => explanation || check.name)
}

function notDone({ title }: LoadedStep, why: string): CapstanError {
  return new CapstanError('session-state', `The step "${title}" could not be done for you: ${why}`, {
    help: 'Reset the lab, and start at an earlier step.',
  })
}
