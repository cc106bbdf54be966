/** One process at a time: a file that names its holder; one that a dead process left is taken over. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isAlive } from './processes'

const LOOK_AGAIN_MS = 200

/** Runs the work while holding the lock; waits for another holder. */
export async function withLock<T>(
  path: string,
  work: () => Promise<T>,
  { signal }: { signal?: AbortSignal } = {},
): Promise<T> {
  await mkdir(dirname(path), { recursive: true })
  while (!(await take(path))) {
    signal?.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
  }
  try {
    return await work()
  } finally {
    await rm(path, { force: true })
  }
}

async function take(path: string): Promise<boolean> {
  try {
    await writeFile(path, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const holder = Number(await readFile(path, 'utf8').catch(() => ''))
  // An empty file is one that is being written this very moment.
  if (holder && !isAlive(holder)) await rm(path, { force: true })
  return false
}
