/**
 * Writes a file whole. After a crash or on a full disk the file holds its old content or the new one, never a part.
 *
 * The package write-file-atomic is not used: it takes a short write for a complete one, so that on a nearly full disk
 * it replaces a file by a part of its new content.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isNotThere } from './failures'
import { isAlive } from './processes'

let count = 0

/** The name under which a file is written before it takes its own. It names its process, see `removeLeftovers`. */
function freshPath(path: string): string {
  count++
  return `${path}.${process.pid}-${count}.new`
}

const LEFTOVER = /\.(\d+)-\d+\.new$/

/**
 * The content is on the disk when this resolves.
 * @param mode who may read and write the file
 * @throws the error of the system; the file is then as it was
 */
export async function writeWhole(path: string, content: string | Uint8Array, mode = 0o666): Promise<void> {
  const fresh = freshPath(path)
  try {
    const file = await open(fresh, 'w', mode)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(fresh, path)
  } catch (error) {
    // The first error is the one to report. What cannot be removed now is removed at the next start.
    await rm(fresh, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(path))
}

/** For the last moment of a process, when nothing would wait for a promise. */
export function writeWholeSync(path: string, content: string): void {
  const fresh = freshPath(path)
  try {
    const file = openSync(fresh, 'w')
    try {
      writeFileSync(file, content)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(fresh, path)
  } catch (error) {
    rmSync(fresh, { force: true })
    throw error
  }
}

/** Brings the names of new files in a folder to the disk. Some systems cannot sync a folder, and need not. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => null)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/** Removes files that dead processes had begun to write. */
export async function removeLeftovers(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (isNotThere(error)) return []
    throw error
  })
  const isLeftover = (name: string) => {
    const writer = LEFTOVER.exec(name)?.[1]
    return writer !== undefined && !isAlive(Number(writer))
  }
  await Promise.all(names.filter(isLeftover).map((name) => rm(join(folder, name), { force: true })))
}
