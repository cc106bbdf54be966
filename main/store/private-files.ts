/**
 * Files that only this user may read: attempts hold keys and answers. Every file and folder is made private, and those
 * of earlier versions are corrected when the store opens.
 */
import { constants } from 'node:fs'
import { chmod, lstat, mkdir, open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

export const PRIVATE_FILE = 0o600
export const PRIVATE_FOLDER = 0o700

/** A larger file was not written by Capstan; bytes. */
const LARGEST_FILE = 64 * 1024 * 1024
/** The bits of everybody but the owner. */
const OTHERS = 0o077
const STICKY = 0o1000
/** The folders of the data folder that hold files of ours. */
const FOLDERS = ['sessions', 'attempts', 'hands-on']
const OURS = /\.(json|jsonl|copy|log|log\.1)$|\.corrupt-[\w-]+$/

/** Makes the data folder, if it is not there, and takes it and our files from everybody but the owner. */
export async function openPrivately(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: PRIVATE_FOLDER })
  await closeToOthers(folder)
  await Promise.all([folder, ...FOLDERS.map((name) => join(folder, name))].map(closeFiles))
}

async function closeFiles(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  const ours = names.filter((name) => OURS.test(name) || FOLDERS.includes(name))
  await Promise.all(ours.map((name) => closeToOthers(join(folder, name))))
}

/** Leaves links alone, and folders that several users share: CAPSTAN_DATA may name any folder. */
async function closeToOthers(path: string): Promise<void> {
  const found = await lstat(path)
  const isShared = (found.mode & STICKY) !== 0 || found.uid !== process.getuid?.()
  if (found.isSymbolicLink() || isShared || (found.mode & OTHERS) === 0) return
  await chmod(path, found.mode & 0o7777 & ~OTHERS)
}

/**
 * Reads a file whole. A pipe or a device in its place is refused, because it may never end.
 * @throws the error of the system, or one that says what is wrong with the file
 */
export async function readPrivately(path: string): Promise<Buffer> {
  // Without this flag, opening a pipe waits for somebody to write to it.
  const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  try {
    const found = await file.stat()
    if (!found.isFile()) throw new Error(`${path} is not a file.`)
    if (found.size > LARGEST_FILE) throw new Error(`${path} is larger than ${LARGEST_FILE / 1024 / 1024} MB.`)
    return await file.readFile()
  } finally {
    await file.close()
  }
}

/** Whether something is at the path. */
export async function isAt(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  )
}
