/** Removes what dead sessions left on the outer engine: nodes, networks and volumes that nobody will ask for again. */
import { isAlive, type OuterEngine } from '../host'
import { removeSession, sessionsOn } from '../node'
import type { SessionRecord, SessionRecords } from './record'

export interface ReapOptions {
  readonly engine: OuterEngine
  readonly records: SessionRecords
  readonly owner: string
}

/**
 * Removes every session of this owner that has no record, and every proof whose process is dead.
 * @returns the records that are left
 */
export async function reap({ engine, records, owner }: ReapOptions): Promise<SessionRecord[]> {
  const all = await records.list()
  const dead = all.filter((record) => record.kind === 'verify' && !isAlive(record.pid))
  for (const record of dead) await records.remove(record.id)
  const living = all.filter((record) => !dead.includes(record))
  const known = new Set(living.map((record) => record.id))
  const orphans = (await sessionsOn(engine, owner)).filter((id) => !known.has(id))
  await Promise.allSettled([...orphans, ...dead.map(({ id }) => id)].map((id) => removeSession(engine, id)))
  return living
}
