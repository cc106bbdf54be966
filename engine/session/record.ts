/** The part of a session that is kept on disk, so that a killed app finds the session again. JSON-safe. */

/** A node of a playground: what was asked for, and its place on the network, which it keeps. */
export interface PlaygroundNode {
  readonly name: string
  readonly role: 'manager' | 'worker'
  readonly swarm: 'none' | 'manager' | 'worker'
  readonly place: number
}

/** What a playground is made of, in the place of a lab's files. */
export interface PlaygroundRecord {
  readonly name: string
  /** The version of Docker in its nodes; null for the usual one. */
  readonly engine: string | null
  readonly nodes: readonly PlaygroundNode[]
  /** When its nodes were stopped to be used another day; null while it is in use. */
  readonly savedAt: string | null
}

export interface SessionRecord {
  readonly id: string
  readonly labId: string
  /** A student's session is resumed after a restart; one of `lab verify` dies with its process. */
  readonly kind: 'student' | 'verify'
  readonly pid: number
  readonly startedAt: string
  /** The topology of its nodes; null while it has none. */
  readonly topologyId: string | null
  /** False until every node has run its set-up: such a session is built again, not resumed. */
  readonly prepared: boolean
  /** Null in a session without steps. */
  readonly currentStep: string | null
  /** Steps whose set-up has run. */
  readonly stepsOpened: readonly string[]
  readonly stepsDone: readonly string[]
  /** When each of them was done, ISO 8601. Earlier versions kept no times. */
  readonly doneAt?: Readonly<Record<string, string>> | undefined
  /** Steps that were done for the student, who has started at a later one. */
  readonly stepsSkipped?: readonly string[] | undefined
  /** The number of hints that the student has asked for, for each step. */
  readonly hintsShown: Readonly<Record<string, number>>
  readonly solutionsShown: readonly string[]
  /** Only in the session of a playground. */
  readonly playground?: PlaygroundRecord | undefined
}

/** The place where session records live; the store implements it. */
export interface SessionRecords {
  save(record: SessionRecord): Promise<void>
  remove(id: string): Promise<void>
  /** Every record that can be read. */
  list(): Promise<SessionRecord[]>
  /** Whether a record that cannot be read may name the topology: nobody may remove that one. */
  mayName(topologyId: string): Promise<boolean>
}

/** Records that live as long as the process, for proofs and tests. */
export function recordsInMemory(): SessionRecords {
  const records = new Map<string, SessionRecord>()
  return {
    save: async (record) => void records.set(record.id, record),
    remove: async (id) => void records.delete(id),
    list: async () => [...records.values()],
    mayName: async () => false,
  }
}
