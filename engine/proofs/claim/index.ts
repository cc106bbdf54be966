/** Claims: statements about Docker, proven by steps on fresh lab nodes. */

import { isCapstanError } from '../../../shared/errors'
import { type CheckResult, evaluateCheck, type Found, judge } from '../../checks'
import { parseDuration, toCheck } from '../../labs'
import type { OuterEngine } from '../../outer'
import { missingCapabilities } from '../../session'
import { removeTopology, type Shape, type Topology, type TopologyPool } from '../../topology'
import { type LookStep, ProofFile, type RunStep } from './schema'

export interface Claim {
  readonly nodes: Shape['nodes']
  readonly requires: readonly string[]
  readonly steps: readonly (RunStep | LookStep)[]
}

export interface ClaimVerdict {
  readonly state: 'proven' | 'failed' | 'unprovable'
  /** Why it failed or cannot be tried here; empty for a proven one. */
  readonly message: string
}

/** A script of a proof may wait for a swarm or a pull. */
const RUN_LIMIT_MS = 60_000
const LOOK_AGAIN_MS = 100
const WITHIN_DEFAULT_MS = 2_000

/** The claim of a question's `proof`, or what is wrong with it. */
export function parseClaim(proof: unknown): { claim: Claim | null; problem: string | null } {
  const parsed = ProofFile.safeParse(proof)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.join('.') ?? ''
    return { claim: null, problem: `${place ? `step ${place}: ` : ''}${issue?.message ?? 'not a proof'}` }
  }
  const { data } = parsed
  if (Array.isArray(data))
    return { claim: { nodes: [nodeOf('node1')], requires: [], steps: data }, problem: null }
  const nodes = Object.entries(data.nodes).map(([name, { swarm }]) => nodeOf(name, swarm))
  return { claim: { nodes, requires: data.requires, steps: data.steps }, problem: null }
}

function nodeOf(name: string, swarm: Shape['nodes'][number]['swarm'] = 'none'): Shape['nodes'][number] {
  return { name, swarm, networks: ['lab'] }
}

export interface ProveOptions {
  readonly engine: OuterEngine
  readonly topologies: TopologyPool
  readonly signal: AbortSignal
}

/** Runs the steps one after the other; the first that does not hold fails the claim. */
export async function proveClaim(
  claim: Claim,
  { engine, topologies, signal }: ProveOptions,
): Promise<ClaimVerdict> {
  const missing = missingCapabilities(engine, claim)
  if (missing.length > 0) return { state: 'unprovable', message: `This engine lacks ${missing.join(', ')}.` }
  const topology = await topologies.take(
    { nodes: claim.nodes, networks: [{ name: 'lab', internal: false }] },
    { signal, onActivity: () => undefined },
  )
  try {
    for (const [index, step] of claim.steps.entries()) {
      const problem = await stepProblem(step, topology, signal)
      if (problem) return { state: 'failed', message: `Step ${index + 1}: ${problem}` }
    }
    return { state: 'proven', message: '' }
  } finally {
    topology.close()
    await removeTopology(engine, topology.id)
  }
}

async function stepProblem(
  step: RunStep | LookStep,
  topology: Topology,
  signal: AbortSignal,
): Promise<string | null> {
  const look = 'run' in step ? () => runOnce(step, topology) : () => lookOnce(step, topology, signal)
  const within = 'run' in step ? (parseDuration(step.within ?? '') ?? 0) : step.within || WITHIN_DEFAULT_MS
  const end = performance.now() + within
  for (;;) {
    const result = await look()
    if (result.state === 'green') return null
    if (performance.now() >= end) return result.explanation
    signal.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
}

async function runOnce({ run, on, expect = {} }: RunStep, topology: Topology): Promise<CheckResult> {
  const node = on ? topology.node(on) : topology.nodes[0]
  if (!node) throw new RangeError('a proof without nodes')
  const check = toCheck(
    { name: run, exec: { run, shell: 'bash' }, expect, within: 0, guard: false, points: 1 },
    node.name,
  )
  const told = check.kind === 'exec' ? check.expect : {}
  try {
    const { exitCode, stdout, stderr } = await node.script(run, { limitMs: RUN_LIMIT_MS })
    const result = judge({ name: run, explain: null }, [
      { name: 'exit code', found: asValue(exitCode), expect: told.exit ?? 0 },
      ...(told.stdout === undefined
        ? []
        : [{ name: 'stdout', found: asValue(stdout.trim()), expect: told.stdout }]),
      ...(told.stderr === undefined
        ? []
        : [{ name: 'stderr', found: asValue(stderr.trim()), expect: told.stderr }]),
    ])
    const words = stderr.trim().split('\n').slice(-2).join(' ')
    return {
      ...result,
      explanation: result.explanation && `${run.trim()}: ${result.explanation} ${words}`.trim(),
    }
  } catch (error) {
    if (!isCapstanError(error)) throw error
    return { state: 'error', expected: '', found: '', explanation: `${run.trim()}: ${error.message}` }
  }
}

async function lookOnce(step: LookStep, topology: Topology, signal: AbortSignal): Promise<CheckResult> {
  const on = step.on ?? topology.nodes[0]?.name ?? ''
  return await evaluateCheck(toCheck(step, on), (name) => topology.node(name), signal)
}

function asValue(value: unknown): Found {
  return { kind: 'value', value }
}
