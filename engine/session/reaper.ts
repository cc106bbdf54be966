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

/** The topologies of one owner on one engine. */
export interface OwnTopologies {
  /** Every topology of which anything is left, with the id of the process that made it. */
  list(): Promise<readonly { readonly id: string; readonly process: number }[]>
  remove(id: string): Promise<void>
}

/** Removes the owner's orphans from the engine. @returns the records that are left */
export async function reap({ engine, records, owner }: ReapOptions): Promise<SessionRecord[]> {
  return await removeOrphans(records, {
    list: () => topologiesOn(engine, owner),
    remove: (id) => removeTopology(engine, id),
  })
}

/**
 * Removes the record of every proof whose process is dead. Then removes every topology that no record names and
 * that no other living process looks after; but none that a record which cannot be read may name. Must be called
 * before this process builds any topology of its own.
 * @returns the records that are left
 */
export async function removeOrphans(
  records: SessionRecords,
  topologies: OwnTopologies,
): Promise<SessionRecord[]> {
  const all = await records.list()
  const dead = all.filter((record) => record.kind === 'verify' && !isAlive(record.pid))
  for (const record of dead) await records.remove(record.id)
  const living = all.filter((record) => !dead.includes(record))
  const known = new Set(living.map((record) => record.topologyId))
  const isOthers = (pid: number) => pid !== process.pid && isAlive(pid)
  const orphans = (await topologies.list()).filter((one) => !known.has(one.id) && !isOthers(one.process))
  // An orphan that cannot be removed now is tried again at the next start.
  await Promise.allSettled(
    orphans.map(async ({ id }) => {
      if (!(await records.mayName(id))) await topologies.remove(id)
    }),
  )
  return living
}
