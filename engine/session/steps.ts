/** How a student moves through the steps: pure transitions of the session's record. */

import { CapstanError } from '../../shared/errors'
import type { CheckResult } from '../checks'
import type { Check, LoadedLab, LoadedStep } from '../labs'
import type { SessionRecord } from './record'
import type { CheckSnapshot, StepSnapshot } from './snapshot'
import { solutionParts } from './solution'

export interface NewRecord {
  readonly id: string
  readonly lab: LoadedLab
  readonly kind: SessionRecord['kind']
  /** The step at which the student starts; the first one when left out. */
  readonly stepId?: string | undefined
}

/** The record of a session that has not begun. */
export function newRecord({ id, lab, kind, stepId }: NewRecord): SessionRecord {
  return {
    id,
    labId: lab.id,
    kind,
    pid: process.pid,
    startedAt: new Date().toISOString(),
    topologyId: null,
    prepared: false,
    ...startOf(lab, { stepId }),
    hintsShown: {},
    solutionsShown: [],
  }
}

type Start = Pick<SessionRecord, 'currentStep' | 'stepsOpened' | 'stepsDone' | 'doneAt' | 'stepsSkipped'>

export interface StartAt {
  /** The first step when left out. */
  readonly stepId?: string | null | undefined
  /** What the student had done before. */
  readonly earlier?: Pick<SessionRecord, 'stepsDone' | 'doneAt'>
}

/**
 * The part of a record that a reset puts back. Hints stay visible, because the student has read them. A step before the
 * one at which the student starts stays done when the student had done it; otherwise it is skipped.
 */
export function startOf(lab: LoadedLab, { stepId, earlier }: StartAt = {}): Start {
  const currentStep = stepId ?? lab.steps[0]?.id ?? null
  const before = stepsBefore(lab, currentStep).map(({ id }) => id)
  const stepsDone = before.filter((id) => earlier?.stepsDone.includes(id))
  const doneAt = Object.entries(earlier?.doneAt ?? {}).filter(([id]) => stepsDone.includes(id))
  return {
    currentStep,
    stepsOpened: [],
    stepsDone,
    doneAt: Object.fromEntries(doneAt),
    stepsSkipped: before.filter((id) => !stepsDone.includes(id)),
  }
}

/** The steps before one of a lab. */
export function stepsBefore(lab: LoadedLab, stepId: string | null): readonly LoadedStep[] {
  return lab.steps.slice(
    0,
    Math.max(
      0,
      lab.steps.findIndex(({ id }) => id === stepId),
    ),
  )
}

/**
 * Refuses a start at a step that cannot be reached without the student.
 * @throws CapstanError `not-found`, `session-state`
 */
export function assertCanStartAt(lab: LoadedLab, stepId: string): void {
  stepCalled(lab, stepId)
  const missing = stepsBefore(lab, stepId).find(({ solution }) => solution.length === 0)
  if (!missing) return
  throw new CapstanError('session-state', `Nobody can do the step "${missing.title}" for you.`, {
    help: 'It has no solution. Start at the first step.',
  })
}

/** @throws CapstanError `not-found` for a step that the lab does not have */
export function stepCalled(lab: LoadedLab, stepId: string): LoadedStep {
  const step = lab.steps.find((candidate) => candidate.id === stepId)
  if (!step) throw new CapstanError('not-found', `"${lab.title}" has no step called "${stepId}".`)
  return step
}

/** What is judged once, at its end: until then it shows nothing of its checks, and gives no help. */
export function isJudgedOnce({ kind }: Pick<LoadedLab, 'kind'>): boolean {
  return kind === 'task' || kind === 'command'
}

/** @throws CapstanError `session-state` for a task or a question, which give no help and no interim result */
export function refuseExamTask(lab: LoadedLab): void {
  if (!isJudgedOnce(lab)) return
  const { kind, title } = lab
  if (kind === 'command')
    throw new CapstanError('session-state', 'This node belongs to a question.', {
      help: 'You see what its checks find when you check your answer.',
    })
  throw new CapstanError('session-state', `"${title}" is a task of an exam.`, {
    help: 'You see its result and its solution when it has been graded.',
  })
}

/** True when every step before this one is done or skipped: steps are taken in order. */
export function isOpen(lab: LoadedLab, record: SessionRecord, stepId: string): boolean {
  const over = [...record.stepsDone, ...(record.stepsSkipped ?? [])]
  return stepsBefore(lab, stepId).every(({ id }) => over.includes(id))
}

/** Marks the step as done when all its checks are green. A done step stays done, and a skipped one is not the student's. */
export function withResults(
  record: SessionRecord,
  step: LoadedStep,
  results: ReadonlyMap<Check, CheckResult>,
): SessionRecord {
  if (record.stepsDone.includes(step.id) || record.stepsSkipped?.includes(step.id)) return record
  const green = step.checks.every((check) => results.get(check)?.state === 'green')
  if (!green || step.checks.length === 0) return record
  const doneAt = { ...record.doneAt, [step.id]: new Date().toISOString() }
  return { ...record, stepsDone: [...record.stepsDone, step.id], doneAt }
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
    state: stateOf(lab, record, step.id),
    doneAt: record.doneAt?.[step.id] ?? null,
    checks: step.checks.map((check) =>
      checkSnapshot(check, results.get(check), record.solutionsShown.includes(step.id)),
    ),
    hints: step.hints.slice(0, record.hintsShown[step.id] ?? 0),
    solution: record.solutionsShown.includes(step.id) ? solutionParts(step) : null,
  }))
}

function stateOf(lab: LoadedLab, record: SessionRecord, stepId: string): StepSnapshot['state'] {
  if (record.stepsDone.includes(stepId)) return 'done'
  if (record.stepsSkipped?.includes(stepId)) return 'skipped'
  return isOpen(lab, record, stepId) ? 'open' : 'locked'
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
