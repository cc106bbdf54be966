/** One app at a time on a data folder: two would overwrite each other's documents. */
import { join } from 'node:path'
import { CapstanError } from '../../shared/errors'
import { tryLock } from '../../shared/system/lock'

/** @returns gives the folder back @throws CapstanError `session-exists` when another app has it open */
export function lockStore(folder: string): () => void {
  const { lock, holder } = tryLock(join(folder, 'app.pid'))
  if (lock) return () => lock.release()
  throw new CapstanError('session-exists', `Capstan is open already on ${folder} (process ${holder.pid}).`, {
    help: 'Use that window, or close it first. CAPSTAN_DATA names another folder.',
  })
}
