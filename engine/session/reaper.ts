/** Removes what dead sessions left on the outer engine: nodes, networks and volumes that nobody will ask for again. */
import { isAlive } from '../../shared/system/processes'
import type { OuterEngine } from '../outer'
import { removeTopology, topologiesOn } from '../topology'
import type { SessionRecord, SessionRecords } from './record'

export interface ReapOptions {
  readonly engine: OuterEngine
  readonly records: SessionRecords
  readonly owner: string
}

/**
 * Removes every topology of this owner that no record names and no other living process looks after, and every
 * proof whose process is dead. To be called before this process builds any topology of its own.
 * @returns the records that are left
 */
export async function reap({ engine, records, owner }: ReapOptions): Promise<SessionRecord[]> {
  const all = await records.list()
  const dead = all.filter((record) => record.kind === 'verify' && !isAlive(record.pid))
  for (const record of dead) await records.remove(record.id)
  const living = all.filter((record) => !dead.includes(record))
  const known = new Set(living.map((record) => record.topologyId))
  const isOthers = (pid: number) => pid !== process.pid && isAlive(pid)
  const orphans = (await topologiesOn(engine, owner)).filter(
    (one) => !known.has(one.id) && !isOthers(one.process),
  )
  await Promise.allSettled(orphans.map(({ id }) => removeTopology(engine, id)))
  return living
}
