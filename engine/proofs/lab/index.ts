/** Proof of labs on the real engine: red before, green after, mistakes stay red, a reset is a reset. */
import type { PreparedImages } from '../../images'
import type { LoadedLab } from '../../labs'
import type { OuterEngine } from '../../outer'
import { missingCapabilities, type SessionRecords } from '../../session'
import { roomForNodes, TopologyPool } from '../../topology'
import type { Share } from '../share'
import { proveOnce } from './proof'
import { trialsOn } from './trial'
import { type LabVerdict, mergeRuns, skippedVerdict } from './verdict'

export type { LabProofProblem, LabVerdict, ProblemKind, StepVerdict } from './verdict'

export interface LabProofProgress {
  readonly lab: string
  readonly run: number
  readonly runs: number
  readonly text: string
}

export interface ProveLabOptions {
  readonly engine: OuterEngine
  readonly images: PreparedImages
  /** Proofs keep records as sessions do, so that the nodes of a killed proof are found and removed. */
  readonly records: SessionRecords
  readonly owner: string
  readonly runs: number
  /**
   * Builds the nodes that a proof needs next while the student types. A proof that runs alone ends sooner this way,
   * one that runs beside others later.
   */
  readonly ahead: boolean
  /** The version that nodes must have, or null for what each lab asks for. */
  readonly onlyEngine: string | null
  /** Which of each lab's mistakes are made, because they are most of the work. Everything else is always proven. */
  readonly mistakes: Share
  readonly onProgress: (progress: LabProofProgress) => void
  readonly signal: AbortSignal
}

/**
 * Proves a lab as often as asked: every step is red before its solution and green after it, every mistake
 * stays red and gets its explanation, later steps stay red, a reset gives the start state again, and nothing
 * is left behind. Solutions and mistakes are typed into a real terminal.
 *
 * @throws CapstanError when the engine itself fails
 */
export async function proveLab(lab: LoadedLab, options: ProveLabOptions): Promise<LabVerdict> {
  const { engine, images, owner, records, runs, ahead, mistakes, onlyEngine, signal } = options
  const missing = missingCapabilities(engine, lab)
  if (missing.length > 0) return skippedVerdict(lab.id, `This engine lacks ${missing.join(', ')}.`)
  if (onlyEngine !== null && lab.engine !== null && lab.engine !== onlyEngine)
    return skippedVerdict(lab.id, `It needs nodes with Docker ${lab.engine}.`)
  const room = async () => (ahead ? await roomForNodes(engine.docker, images.mirrors) : 0)
  const topologies = new TopologyPool({ engine, images, owner, room })
  const begin = trialsOn({ engine, topologies, records, lab, signal })
  try {
    const verdicts: LabVerdict[] = []
    for (let run = 1; run <= runs; run++) {
      const onProgress = (text: string) => options.onProgress({ lab: lab.id, run, runs, text })
      verdicts.push(await proveOnce({ lab, mistakes, begin, onProgress, signal }))
    }
    return mergeRuns(verdicts)
  } finally {
    await topologies.dispose()
  }
}
