/** Leases on the private engine: it stays while a process that holds one lives. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isNamedAlive, processName } from '../../shared/system/processes'

export interface Lease {
  /** Lets go. Letting go twice is fine. */
  end(): Promise<void>
}

/** Takes a lease for this process. The supervisor reads its name, which is NUMBER.PID.START.BOOT. */
export async function takeLease(home: string): Promise<Lease> {
  const folder = join(home, 'leases')
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${randomBytes(4).toString('hex')}.${processName()}`)
  await writeFile(path, '')
  return { end: async () => await rm(path, { force: true }) }
}

/** The processes that hold a lease and still live, as often as they hold one. */
export async function leaseHolders(home: string): Promise<number[]> {
  const leases = await readdir(join(home, 'leases')).catch(() => [])
  const names = leases.map((lease) => lease.slice(lease.indexOf('.') + 1))
  return names.filter(isNamedAlive).map((name) => Number.parseInt(name, 10))
}
