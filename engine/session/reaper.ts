/** Removes what dead sessions left on the outer engine: nodes, networks and volumes that nobody will ask for again. */
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { machineName } from '../../shared/system/machine'
import { isNamedAlive, processName } from '../../shared/system/processes'
import type { OuterEngine } from '../outer'
import { removeTopology, topologiesOn } from '../topology'
import { recordsInMemory, type SessionRecord, type SessionRecords } from './record'

export interface ReapOptions {
  readonly engine: OuterEngine
  readonly records: SessionRecords
  readonly owner: string
}

/** The topologies of one owner on one engine. */
export interface OwnTopologies {
  /** Every topology of which anything is left, with the name of the process that made it. */
  list(): Promise<readonly { readonly id: string; readonly process: string }[]>
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
 * The owner of what proofs make. It is not the store of the data folder, so that no proof touches a student's session.
 * It follows from the folder's place instead of being kept there, because proofs run beside the app and only read.
 */
export function ownerOfProofs(dataFolder: string): string {
  // Another machine may use the same engine, and have a folder of that name.
  const place = `${machineName()} ${resolve(dataFolder)}`
  return `proofs-${createHash('sha256').update(place).digest('hex').slice(0, 32)}`
}

export interface ReapProofsOptions {
  readonly engine: OuterEngine
  /** The folder of the store that the proofs ran beside. */
  readonly dataFolder: string
}

/** Removes what dead proofs left on the engine. */
export async function reapProofs({ engine, dataFolder }: ReapProofsOptions): Promise<void> {
  await reap({ engine, records: recordsInMemory(), owner: ownerOfProofs(dataFolder) })
}

/**
 * Removes the records of proofs, which only older versions wrote. Then removes every topology that no record names and
 * that no other living process looks after; but none that a record which cannot be read may name. Must be called
 * before this process builds any topology of its own, apart from those that are in use.
 * @returns the records that are left
 */
export async function removeOrphans(
  records: SessionRecords,
  topologies: OwnTopologies,
  inUse: readonly string[] = [],
): Promise<SessionRecord[]> {
  const all = await records.list()
  const proofs = all.filter(({ kind }) => kind === 'verify')
  for (const record of proofs) await records.remove(record.id)
  const sessions = all.filter((record) => !proofs.includes(record))
  const known = new Set([...sessions.map((record) => record.topologyId), ...inUse])
  const own = processName()
  const isOthers = (maker: string) => maker !== own && isNamedAlive(maker)
  const orphans = (await topologies.list()).filter((one) => !known.has(one.id) && !isOthers(one.process))
  // An orphan that cannot be removed now is tried again at the next start.
  await Promise.allSettled(
    orphans.map(async ({ id }) => {
      if (!(await records.mayName(id))) await topologies.remove(id)
    }),
  )
  return sessions
}
