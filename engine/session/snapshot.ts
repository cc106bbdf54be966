/** A session as others see it: plain values, made again after every change. */
import type { NodeAction } from '../labs'
import type { PlaygroundRecord, SessionRecord } from './record'

export type SessionState = 'starting' | 'running' | 'resetting' | 'stopping' | 'stopped' | 'broken' | 'saved'

export interface CheckSnapshot {
  readonly name: string
  readonly node: string
  readonly state: 'pending' | 'green' | 'red' | 'missing' | 'error'
  readonly guard: boolean
  readonly expected: string
  readonly found: string
  readonly whole: string | null
  readonly explanation: string
}

/** A part of a solution: what one types on a node, or what one does with a node. */
export type SolutionPart =
  | { readonly kind: 'code'; readonly node: string; readonly text: string; readonly runs: boolean }
  | { readonly kind: 'action'; readonly node: string; readonly action: NodeAction }

export interface StepSnapshot {
  readonly id: string
  /** `skipped`: it was done for the student, who has started at a later step. */
  readonly state: 'locked' | 'open' | 'done' | 'skipped'
  /** ISO 8601. */
  readonly doneAt: string | null
  readonly checks: readonly CheckSnapshot[]
  readonly hints: readonly string[]
  readonly solution: readonly SolutionPart[] | null
}

export interface NodeSnapshot {
  readonly name: string
  readonly state: 'starting' | 'running' | 'stopped' | 'cut' | 'gone'
  /** TCP ports on which its containers and services are published. */
  readonly ports: readonly number[]
  /** Which of its limits it has reached. The session's notice says more. */
  readonly trouble: 'memory' | 'disk' | null
}

export interface SessionProblem {
  readonly code: string
  readonly message: string
  readonly help: string | null
}

export interface SessionSnapshot {
  readonly id: string
  readonly labId: string
  readonly state: SessionState
  /** The present piece of work while the session starts, resets or stops. */
  readonly activity: string | null
  readonly startedAt: string
  /** Null in a session without steps. */
  readonly currentStep: string | null
  readonly steps: readonly StepSnapshot[]
  readonly nodes: readonly NodeSnapshot[]
  readonly completed: boolean
  readonly notice: string | null
  readonly problem: SessionProblem | null
  /** Null in the session of a lab. */
  readonly playground: PlaygroundRecord | null
}

export interface SnapshotParts {
  readonly record: SessionRecord
  readonly steps: { snapshots(): readonly StepSnapshot[]; readonly isCompleted: boolean }
  readonly nodes: { snapshots(): readonly NodeSnapshot[]; readonly troubles: { texts(): readonly string[] } }
  readonly status: { snapshot(): Pick<SessionSnapshot, 'state' | 'activity' | 'notice' | 'problem'> }
}

export function snapshotOf({ record, steps, nodes, status }: SnapshotParts): SessionSnapshot {
  const { id, labId, startedAt, currentStep, playground = null } = record
  const { notice, ...rest } = status.snapshot()
  return {
    id,
    labId,
    startedAt,
    currentStep,
    steps: steps.snapshots(),
    nodes: nodes.snapshots(),
    completed: steps.isCompleted,
    playground,
    ...rest,
    notice: [...(notice ? [notice] : []), ...nodes.troubles.texts()].join(' ') || null,
  }
}
