/** Locks of the set-up: the set-up shows for whom it waits. */
import { hostname } from 'node:os'
import { basename } from 'node:path'
import { type LockHolder, withLock } from '../../shared/system/lock'
import type { Progress, ProgressListener } from './setup-progress'

/** Another holder may fetch packages, build images and fill the mirror. */
const LIMIT_MS = 1_200_000

export interface SetupLockOptions {
  readonly onProgress: ProgressListener
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs the work while holding the lock. While another process holds it, a line of the set-up names the holder.
 * @throws CapstanError `engine-timeout` when the holder keeps it for twenty minutes; what `withLock` throws
 */
export async function withSetupLock<T>(
  path: string,
  work: () => Promise<T>,
  { onProgress, signal }: SetupLockOptions,
): Promise<T> {
  const line = { id: `wait-for-${basename(path)}`, label: 'Waiting for another Capstan' }
  let isWaiting = false
  const show = (state: Progress['state'], detail: string | null) =>
    onProgress({ ...line, state, detail, fraction: null, estimateSeconds: null })
  const onWait = (waitsFor: string, { pid, host }: LockHolder) => {
    // The work of this process that holds it has a line of its own.
    if (pid === process.pid && host === hostname()) return
    isWaiting = true
    show('running', waitsFor)
  }
  const begin = async () => {
    if (isWaiting) show('done', null)
    isWaiting = false
    return await work()
  }
  try {
    return await withLock(path, begin, { signal, limitMs: LIMIT_MS, onWait })
  } catch (error) {
    if (isWaiting) show('failed', error instanceof Error ? error.message : String(error))
    throw error
  }
}
