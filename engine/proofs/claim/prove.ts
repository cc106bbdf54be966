/** Proves a claim: runs its steps on fresh nodes, one after the other. */

import { isCapstanError } from '../../../shared/errors'
import { lastLines } from '../../../shared/last-lines'
import { until } from '../../../shared/system/wait'
import {
  type CheckResult,
  type CheckTarget,
  evaluateCheck,
  execExpected,
  execParts,
  judgeForAuthor,
  toCheck,
} from '../../checks'
import type { LabNode } from '../../node'
import type { OuterEngine } from '../../outer'
import { missingCapabilities } from '../../session'
import type { BuildOptions, Shape } from '../../topology'
import type { Claim } from './parse'
import type { LookStep, RunStep } from './schema'

export interface ClaimVerdict {
  readonly state: 'proven' | 'failed' | 'unprovable'
  /** Why the claim failed or cannot be tried here; empty for a proven one. */
  readonly message: string
}

/** The parts of a lab node that claims use. */
type ClaimNode = CheckTarget & Pick<LabNode, 'script'>

/** The nodes of one claim. */
export interface ClaimNodes {
  readonly id: string
  readonly nodes: readonly ClaimNode[]
  /** @throws CapstanError `not-found` for an unknown name */
  node(name: string): ClaimNode
  /** Lets go of the connections to the nodes. */
  close(): void
}

export interface ProveClaimOptions {
  readonly engine: Pick<OuterEngine, 'capabilities'>
  readonly topologies: {
    take(shape: Shape, options: BuildOptions): Promise<ClaimNodes>
    remove(id: string): Promise<void>
  }
  readonly signal: AbortSignal
}

/** A script of a proof may wait for a swarm or a pull. */
const RUN_LIMIT_MS = 60_000
const EVERY_MS = 100

/**
 * Runs the steps one after the other. The first step that does not hold fails the claim.
 * @throws CapstanError when the nodes cannot be built
 */
export async function proveClaim(
  claim: Claim,
  { engine, topologies, signal }: ProveClaimOptions,
): Promise<ClaimVerdict> {
  const missing = missingCapabilities(engine, claim)
  if (missing.length > 0) return { state: 'unprovable', message: `This engine lacks ${missing.join(', ')}.` }
  const nodes = await topologies.take(
    { nodes: claim.nodes, networks: [{ name: 'lab', internal: false }] },
    { signal, onActivity: () => undefined },
  )
  try {
    for (const [index, step] of claim.steps.entries()) {
      const problem = await stepProblem(step, nodes, signal)
      if (problem !== null) return { state: 'failed', message: `Step ${index + 1}: ${problem}` }
    }
    return { state: 'proven', message: '' }
  } finally {
    nodes.close()
    await topologies.remove(nodes.id)
  }
}

/** Tries a step until it holds or its time is over. @returns why it does not hold, or null */
async function stepProblem(
  step: RunStep | LookStep,
  nodes: ClaimNodes,
  signal: AbortSignal,
): Promise<string | null> {
  const tryOnce = () => ('run' in step ? runOnce(step, nodes, signal) : lookOnce(step, nodes, signal))
  const { state, explanation } = await until(tryOnce, {
    isDone: (result) => result.state === 'green',
    limitMs: step.within ?? 0,
    everyMs: EVERY_MS,
    signal,
  })
  signal.throwIfAborted()
  return state === 'green' ? null : explanation
}

async function runOnce(
  { run, on, expect }: RunStep,
  nodes: ClaimNodes,
  signal: AbortSignal,
): Promise<CheckResult> {
  const script = run.trim()
  try {
    const result = await nodes.node(on ?? firstName(nodes)).script(run, { limitMs: RUN_LIMIT_MS, signal })
    const judged = judgeForAuthor({ name: script, explain: null }, execParts(result, execExpected(expect)))
    if (judged.state === 'green') return judged
    const words = lastLines(result.stderr, 2)
    return { ...judged, explanation: `${script}: ${judged.explanation} ${words}`.trim() }
  } catch (error) {
    if (!isCapstanError(error)) throw error
    return { state: 'error', expected: '', found: '', explanation: `${script}: ${error.message}` }
  }
}

async function lookOnce(step: LookStep, nodes: ClaimNodes, signal: AbortSignal): Promise<CheckResult> {
  const check = toCheck(step, step.on ?? firstName(nodes))
  return await evaluateCheck(check, (name) => nodes.node(name), signal, judgeForAuthor)
}

function firstName({ nodes }: ClaimNodes): string {
  const [first] = nodes
  if (!first) throw new RangeError('A claim needs a node')
  return first.name
}
