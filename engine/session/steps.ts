/** How a student moves through the steps: pure transitions of the session's record. */

import { CapstanError } from '../../shared/errors'
import type { CheckResult } from '../checks'
import type { Check, LoadedLab, LoadedStep, NodeAction } from '../labs'
import type { SessionRecord } from './record'
import type { CheckSnapshot, StepSnapshot } from './snapshot'

export interface NewRecord {
  readonly id: string
  readonly lab: LoadedLab
  readonly kind: SessionRecord['kind']
}

/** The record of a session at its first step. */
export function newRecord({ id, lab, kind }: NewRecord): SessionRecord {
  return {
    id,
    labId: lab.id,
    kind,
    pid: process.pid,
    startedAt: new Date().toISOString(),
    topologyId: null,
    prepared: false,
    ...startOf(lab),
    hintsShown: {},
    solutionsShown: [],
  }
}

/** The part of a record that a reset puts back. Hints stay visible, because the student has read them. */
export function startOf(lab: LoadedLab): Pick<SessionRecord, 'currentStep' | 'stepsOpened' | 'stepsDone'> {
  return { currentStep: lab.steps[0]?.id ?? null, stepsOpened: [], stepsDone: [] }
}

/** @throws CapstanError `not-found` for a step that the lab does not have */
export function stepCalled(lab: LoadedLab, stepId: string): LoadedStep {
  const step = lab.steps.find((candidate) => candidate.id === stepId)
  if (!step) throw new CapstanError('not-found', `"${lab.title}" has no step called "${stepId}".`)
  return step
}

/** @throws CapstanError `session-state` for a task, because an exam gives no help and no interim result */
export function refuseExamTask({ kind, title }: LoadedLab): void {
  if (kind !== 'task') return
  throw new CapstanError('session-state', `"${title}" is a task of an exam.`, {
    help: 'You see its result and its solution when it has been graded.',
  })
}

/** True when every step before this one is done: steps are taken in order. */
export function isOpen(lab: LoadedLab, record: SessionRecord, stepId: string): boolean {
  const index = lab.steps.findIndex((step) => step.id === stepId)
  return lab.steps.slice(0, index).every((step) => record.stepsDone.includes(step.id))
}

/** Marks the step as done when all its checks are green. A done step stays done. */
export function withResults(
  record: SessionRecord,
  step: LoadedStep,
  results: ReadonlyMap<Check, CheckResult>,
): SessionRecord {
  if (record.stepsDone.includes(step.id)) return record
  const green = step.checks.every((check) => results.get(check)?.state === 'green')
  if (!green || step.checks.length === 0) return record
  return { ...record, stepsDone: [...record.stepsDone, step.id] }
}

/** Shows one more hint of the step, while there are any. */
export function withHint(record: SessionRecord, step: LoadedStep): SessionRecord {
  const shown = Math.min((record.hintsShown[step.id] ?? 0) + 1, step.hints.length)
  return { ...record, hintsShown: { ...record.hintsShown, [step.id]: shown } }
}

/** Shows the solution of the step. */
export function withSolution(record: SessionRecord, step: LoadedStep): SessionRecord {
  return { ...record, solutionsShown: [...new Set(record.solutionsShown).add(step.id)] }
}

export function stepSnapshots(
  lab: LoadedLab,
  record: SessionRecord,
  results: ReadonlyMap<Check, CheckResult>,
): StepSnapshot[] {
  return lab.steps.map((step) => ({
    id: step.id,
    state: record.stepsDone.includes(step.id) ? 'done' : isOpen(lab, record, step.id) ? 'open' : 'locked',
    checks: step.checks.map((check) =>
      checkSnapshot(check, results.get(check), record.solutionsShown.includes(step.id)),
    ),
    hints: step.hints.slice(0, record.hintsShown[step.id] ?? 0),
    solution: record.solutionsShown.includes(step.id) ? solutionText(step) : null,
  }))
}

const NOTHING = { expected: '', found: '', whole: null } as const

/** What the student has to find out is not told before it is found, or before the solution tells it. */
function checkSnapshot(
  check: Check,
  result: CheckResult | undefined,
  isSolutionShown: boolean,
): CheckSnapshot {
  const { name, on: node, guard, secret } = check
  if (!result) return { name, node, guard, state: 'pending', ...NOTHING, explanation: '' }
  const { state, expected, found, whole = null, explanation } = result
  const isTold = !secret || isSolutionShown || state === 'green'
  return { name, node, guard, state, ...(isTold ? { expected, found, whole } : NOTHING), explanation }
}

/** The solution as the student reads it. With several parts, each names its node. */
export function solutionText(step: LoadedStep): string {
  const [first, ...others] = step.solution
  if (first && 'text' in first && others.length === 0) return first.text
  return step.solution
    .map((part) =>
      'text' in part ? `# on ${part.on}\n${part.text}` : `# ${EVENT_WORDS[part.action]}: ${part.on}\n`,
    )
    .join('\n')
}

/** The action as the node's menu calls it. */
const EVENT_WORDS: Readonly<Record<NodeAction, string>> = {
  start: 'start this node from its menu',
  stop: 'stop this node from its menu',
  kill: 'kill this node from its menu',
  restart: 'restart this node from its menu',
  cut: 'cut this node off from its networks, from its menu',
  rejoin: 'connect this node again, from its menu',
}
