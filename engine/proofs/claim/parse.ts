/** Reads the claim of a question's `proof`. */
import type { Shape } from '../../topology'
import { type LookStep, ProofFile, type RunStep } from './schema'

export interface Claim {
  readonly nodes: Shape['nodes']
  readonly requires: readonly string[]
  readonly steps: readonly (RunStep | LookStep)[]
}

/** The claim of a `proof`, or what is wrong with it. */
export function parseClaim(proof: unknown): { claim: Claim | null; problem: string | null } {
  const parsed = ProofFile.safeParse(proof)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const place = issue?.path.join('.') ?? ''
    return { claim: null, problem: `${place ? `step ${place}: ` : ''}${issue?.message ?? 'not a proof'}` }
  }
  const { data } = parsed
  if (Array.isArray(data)) {
    return { claim: { nodes: [nodeOf('node1', 'none')], requires: [], steps: data }, problem: null }
  }
  const nodes = Object.entries(data.nodes).map(([name, { swarm, engine }]) => nodeOf(name, swarm, engine))
  return { claim: { nodes, requires: data.requires, steps: data.steps }, problem: null }
}

type ClaimNode = Shape['nodes'][number]

function nodeOf(name: string, swarm: ClaimNode['swarm'], engine?: string): ClaimNode {
  return { name, swarm, networks: ['lab'], ...(engine !== undefined && { engine }) }
}
