/** One app at a time on a data folder: two would overwrite each other's documents. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CapstanError, isAlive } from '../../engine'

/** @returns gives the folder back @throws CapstanError `session-exists` when another app has it open */
export function lockStore(folder: string): () => void {
  const path = join(folder, 'app.pid')
  const holder = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0
  if (holder && holder !== process.pid && isAlive(holder)) {
    throw new CapstanError('session-exists', `Capstan is open already on ${folder} (process ${holder}).`, {
      help: 'Use that window, or close it first. CAPSTAN_DATA names another folder.',
    })
  }
  writeFileSync(path, String(process.pid))
  return () => rmSync(path, { force: true })
}
