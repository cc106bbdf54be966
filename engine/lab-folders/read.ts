/**
 * Reads a folder that somebody else wrote: regular files and folders only, within limits.
 *
 * Links are never followed, and nothing but a regular file is ever opened. Each file is opened through its open folder,
 * so that nobody can put a link in the place of a folder that was looked at.
 */
import { constants, type Dirent, type Stats } from 'node:fs'
import { type FileHandle, lstat, open, readdir } from 'node:fs/promises'
import { isNotThere } from '../../shared/system/failures'
import { LIMITS, type Tree, type TreeFile, type TreeFlaw } from './tree'

/** Other programs' own files, which are no part of a lab: they are neither read nor copied. */
const IGNORED = ['.git', '.DS_Store']

/** A pipe that took a file's place would otherwise be waited for. */
const OPEN_FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
const OPEN_FOLDER = OPEN_FILE | constants.O_DIRECTORY

interface Place {
  /** Where the system finds it now. */
  readonly real: string
  /** Relative to the folder that is read. */
  readonly path: string
  readonly depth: number
}

/**
 * Reads a folder with all that is in it, or a single file.
 * @returns all that was found wrong in `flaws`; a tree that is too large is read no further
 * @throws the signal's reason, or the system's error when the folder itself is not there
 */
export async function readTree(path: string, signal?: AbortSignal): Promise<Tree> {
  const reader = new TreeReader(signal)
  await reader.read({ real: path, path: '', depth: 0 }, await lstat(path))
  return reader.tree()
}

class TooLarge extends Error {}

class TreeReader {
  readonly #files: TreeFile[] = []
  readonly #folders: string[] = []
  readonly #flaws: TreeFlaw[] = []
  readonly #signal: AbortSignal | undefined
  #entries = 0
  #isWhole = true
  #bytes = 0

  constructor(signal: AbortSignal | undefined) {
    this.#signal = signal
  }

  tree(): Tree {
    return {
      files: this.#files.sort(byPath),
      folders: this.#folders.sort(),
      flaws: this.#flaws.sort(byPath),
      isWhole: this.#isWhole && this.#flaws.every(({ path }) => path !== ''),
    }
  }

  async read(place: Place, found: Stats): Promise<void> {
    try {
      await this.#entry(place, found)
    } catch (error) {
      if (!(error instanceof TooLarge)) throw error
      this.#isWhole = false
      const help = `A lab has at most ${LIMITS.entries} files and folders, ${LIMITS.bytes / 1024 / 1024} MB in all, ${LIMITS.depth} folders deep.`
      this.#flaws.push({ path: error.message, reason: 'is more than a lab may hold', help })
    }
  }

  async #entry(place: Place, found: Stats): Promise<void> {
    this.#signal?.throwIfAborted()
    if (found.isDirectory())
      await this.#opened(place, OPEN_FOLDER, async (handle) => this.#folder(place, handle))
    else if (found.isFile()) await this.#opened(place, OPEN_FILE, async (handle) => this.#file(place, handle))
    else
      this.#flaw(place, `is ${kindOf(found)}`, 'A lab holds regular files and folders only. Put a copy here.')
  }

  /** Opens an entry, and tells what is wrong when the system refuses. */
  async #opened(place: Place, flags: number, look: (handle: FileHandle) => Promise<void>): Promise<void> {
    const handle = await open(place.real, flags).catch((error: unknown) => {
      const reason = isNotThere(error) ? 'has vanished' : `cannot be read (${codeOf(error)})`
      this.#flaw(place, reason, 'Check who may read it, then look again.')
    })
    if (!handle) return
    try {
      await look(handle)
    } finally {
      await handle.close()
    }
  }

  async #folder(place: Place, handle: FileHandle): Promise<void> {
    if (place.path !== '') this.#folders.push(place.path)
    if (place.depth > LIMITS.depth) throw new TooLarge(place.path)
    const real = await pathThrough(handle, place.real)
    const entries = await readdir(real, { withFileTypes: true, encoding: 'buffer' })
    this.#entries += entries.length
    if (this.#entries > LIMITS.entries) throw new TooLarge(place.path)
    for (const { name: bytes } of entries) {
      const name = this.#nameOf(bytes, place)
      if (name === null || IGNORED.includes(name)) continue
      const below = { real: `${real}/${name}`, path: childOf(place.path, name), depth: place.depth + 1 }
      const found = await lstat(below.real).catch(() => null)
      if (found) await this.#entry(below, found)
      else this.#flaw(below, 'has vanished', 'Look again when nothing writes to the folder.')
    }
  }

  #nameOf(bytes: Dirent<Buffer>['name'], folder: Place): string | null {
    const name = decoded(bytes)
    if (name !== null && bytes.length <= LIMITS.nameBytes && !/\p{Cc}/u.test(name)) return name
    const shown = bytes
      .subarray(0, LIMITS.nameBytes)
      .toString('latin1')
      .replace(/[^\x20-\x7e]/g, '?')
    const help = `A name is UTF-8 without control characters, and has at most ${LIMITS.nameBytes} bytes.`
    this.#flaw({ path: childOf(folder.path, shown) }, 'has a name that a lab may not use', help)
    return null
  }

  async #file(place: Place, handle: FileHandle): Promise<void> {
    const stats = await handle.stat()
    if (!stats.isFile())
      return this.#flaw(place, `is ${kindOf(stats)}`, 'A lab holds regular files and folders only.')
    const content = await this.#content(place, handle, stats.size)
    const isExecutable = (stats.mode & 0o100) !== 0
    this.#files.push({ path: place.path, isExecutable, changedAt: stats.mtime, content })
  }

  /** Reads no more than there is room for, however much the file grows meanwhile. */
  async #content(place: Place, handle: FileHandle, size: number): Promise<Buffer> {
    if (this.#bytes + size > LIMITS.bytes) throw new TooLarge(place.path)
    const buffer = Buffer.alloc(size)
    let length = 0
    while (length < size) {
      const { bytesRead } = await handle.read(buffer, length, size - length, length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    this.#bytes += length
    return buffer.subarray(0, length)
  }

  #flaw({ path }: Pick<Place, 'path'>, reason: string, help: string): void {
    this.#flaws.push({ path, reason, help })
  }
}

/** A path through the open folder itself, where the system has one, so that what its name leads to does not matter. */
async function pathThrough(handle: FileHandle, real: string): Promise<string> {
  const through = `/proc/self/fd/${handle.fd}`
  const [opened, own] = await Promise.all([lstat(`${through}/.`).catch(() => null), handle.stat()])
  return opened?.ino === own.ino && opened.dev === own.dev ? through : real
}

function childOf(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

function decoded(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return null
  }
}

function kindOf(found: Stats): string {
  if (found.isSymbolicLink()) return 'a link'
  if (found.isFIFO()) return 'a pipe'
  if (found.isSocket()) return 'a socket'
  if (found.isDirectory()) return 'a folder'
  return 'a device'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error)
}

function byPath(a: { readonly path: string }, b: { readonly path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0
}
