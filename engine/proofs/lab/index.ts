/** Proof of labs on the real engine: red before, green after, mistakes stay red, a reset is a reset. */

import type { PreparedImages } from '../../images'
import type { LoadedLab } from '../../labs'
import type { OuterEngine } from '../../outer'
import { missingCapabilities, type SessionRecords } from '../../session'
import { roomForNodes, TopologyPool } from '../../topology'
import { proveOnce } from './proof'
import type { Share } from './share'
import { type LabVerdict, mergeRuns, skippedVerdict } from './verdict'

export { parseShare, type Share, shareOf } from './share'
export type { LabProofProblem, LabVerdict, ProblemKind, StepVerdict } from './verdict'

export interface VerifyProgress {
  readonly lab: string
  readonly run: number
  readonly runs: number
  readonly text: string
}

export interface VerifyOptions {
  readonly engine: OuterEngine
  readonly images: PreparedImages
  /** Proofs keep records too, so that a killed proof is reaped. */
  readonly records: SessionRecords
  readonly owner: string
  readonly runs: number
  /** Builds the nodes that a proof needs next while the student types: sooner done alone, later beside others. */
  readonly ahead: boolean
  /** Of each lab's mistakes, as they are most of the work; everything else is always proven. */
  readonly mistakes: Share
  readonly onProgress: (progress: VerifyProgress) => void
  readonly signal: AbortSignal
}

/**
 * Proves a lab as often as asked: every step is red before its solution and green after it, every mistake
 * stays red and gets its explanation, later steps stay red, a reset gives the start state again, and nothing
 * is left behind. Solutions and mistakes are typed into a real terminal.
 *
 * @throws CapstanError when the engine itself fails
 */
export async function verifyLab(lab: LoadedLab, options: VerifyOptions): Promise<LabVerdict> {
  const missing = missingCapabilities(options.engine, lab)
  if (missing.length > 0) return skippedVerdict(lab.id, `This engine lacks ${missing.join(', ')}.`)
  const { engine, images, owner } = options
  const room = async () => (options.ahead ? await roomForNodes(engine.docker, images.mirrors) : 0)
  const topologies = new TopologyPool({ engine, images, owner, room })
  try {
    const verdicts: LabVerdict[] = []
    for (let run = 1; run <= options.runs; run++) {
      const onProgress = (text: string) => options.onProgress({ lab: lab.id, run, runs: options.runs, text })
      verdicts.push(await proveOnce({ ...options, topologies, lab, onProgress }))
    }
    return mergeRuns(verdicts)
  } finally {
    await topologies.dispose()
  }
}
