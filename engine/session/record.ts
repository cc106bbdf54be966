/** The part of a session that is kept on disk, so that a killed app finds the session again. JSON-safe. */

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
  readonly currentStep: string
  /** Steps whose set-up has run. */
  readonly stepsOpened: readonly string[]
  readonly stepsDone: readonly string[]
  /** The number of hints that the student has asked for, for each step. */
  readonly hintsShown: Readonly<Record<string, number>>
  readonly solutionsShown: readonly string[]
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
