/** A trial of a lab: a student at nodes of their own, in a real session with real terminals. */
import { randomBytes } from 'node:crypto'
import type { LoadedLab } from '../../labs'
import type { OuterEngine } from '../../outer'
import { LabSession, newRecord, type SessionRecords, typistOf } from '../../session'
import { leftoversOf, type TopologyPool } from '../../topology'
import { fingerprint } from './fingerprint'
import { Student } from './student'

export interface Trial {
  readonly student: Student
  /** Describes the state of all nodes, one thing in each line. */
  picture(): Promise<string[]>
  /** Names what is left on the engine of all nodes that the student has had. */
  leftovers(): Promise<string[]>
}

export interface TrialOptions {
  readonly engine: OuterEngine
  readonly topologies: TopologyPool
  readonly records: SessionRecords
  readonly lab: LoadedLab
  readonly signal: AbortSignal
}

/** Makes a function that begins a new trial of the lab at each call. */
export function trialsOn(options: TrialOptions): () => Promise<Trial> {
  const { engine, lab, records, signal } = options
  return async () => {
    const record = newRecord({ id: randomBytes(4).toString('hex'), lab, kind: 'verify' })
    const session = new LabSession({ ...options, record })
    await records.save(record)
    const type = typistOf({
      open: (node, size) => session.openTerminal(node, size),
      terminals: () => session.terminals(),
      signal,
    })
    const student = await Student.begin({ lab, session, type, signal })
    const picture = async (): Promise<string[]> => {
      const nodes = lab.nodes.map(({ name }) => session.node(name))
      const pictures = nodes.map((node) => fingerprint(engine.docker.containers, node))
      return (await Promise.all(pictures)).flat()
    }
    const leftovers = async (): Promise<string[]> =>
      (await Promise.all(student.topologies.map((id) => leftoversOf(engine, id)))).flat()
    return { student, picture, leftovers }
  }
}
