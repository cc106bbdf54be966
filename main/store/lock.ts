/** One app at a time on a data folder: two would overwrite each other's documents. */
import { join } from 'node:path'
import { CapstanError } from '../../shared/errors'
import { holderText, tryLock } from '../../shared/system/lock'

/**
 * Takes the data folder. Whatever ends this process gives it back.
 * @returns gives the folder back
 * @throws CapstanError `session-exists` when another process has it open, `no-space` or `bad-input` where it cannot
 * be locked
 */
export function lockStore(folder: string): () => void {
  const { lock, holder } = tryLock(join(folder, 'app.lock'))
  if (lock) return () => lock.release()
  throw new CapstanError('session-exists', `Capstan is open already on ${folder}: ${holderText(holder)}.`, {
    help: 'Use that window, or close it first. CAPSTAN_DATA names another folder.',
  })
}
