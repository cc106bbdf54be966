/**
 * Append-only journals. Each is a file with one line of JSON for an entry, which is on the disk before the call returns.
 * A process that is killed in the middle of a line leaves a part of it. That part does not count, and is cut off before
 * the next entry is written. Nothing else is ever cut off: whole lines that this process did not write are somebody
 * else's, and then it stops writing.
 */
import { copyFile, type FileHandle, mkdir, open, readdir, rm, stat, truncate } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import type { z } from 'zod'
import { isNotThere } from '../../shared/system/failures'
import { syncFolder, writeWhole } from '../../shared/system/whole-file'
import { KeyedTurns } from '../../shared/turns'
import { foreign, newer, notAdopted, notKept, notRead, notRemoved, othersWrite } from './journal-errors'
import { type JournalLines, linesOf, lineText } from './journal-lines'
import { fileOf, idOf } from './names'
import { isAt, PRIVATE_FILE, PRIVATE_FOLDER, readPrivately } from './private-files'

export interface JournalOptions<T> {
  readonly folder: string
  readonly entry: z.ZodType<T>
  /** Called with a report when a journal was damaged before its last line. */
  readonly onCorrupt: (message: string) => void
  /** For a folder that another process writes to: a damaged journal is reported and left as it is. */
  readonly readOnly?: boolean
}

/** The file as this process left it, in bytes. */
interface Known {
  /** The length of the whole entries. */
  readonly whole: number
  /** The length with the part of an entry that a killed process left. */
  readonly end: number
}

const ENDING = '.jsonl'

export class JournalFolder<T extends object> {
  readonly #options: JournalOptions<T>
  /** Reads and appends of one journal take turns, so that no read sees half of an append. */
  readonly #turns = new KeyedTurns<string>()
  readonly #known = new Map<string, Known>()

  constructor(options: JournalOptions<T>) {
    this.#options = options
  }

  async list(): Promise<string[]> {
    const names = await readdir(this.#options.folder).catch((error: unknown) => {
      if (isNotThere(error)) return []
      throw error
    })
    return names.flatMap((name) => idOf(name, ENDING) ?? [])
  }

  /** The name of a journal in messages: its folder and its file. */
  nameOf(id: string): string {
    return `${basename(this.#options.folder)}/${id}${ENDING}`
  }

  /** A mark that changes with the journal: its size and the time of the last write. Empty without a journal. */
  async mark(id: string): Promise<string> {
    // The next read of the journal reports the reason, if there is one.
    const found = await stat(this.#path(id)).catch(() => null)
    return found ? `${found.size} ${found.mtimeMs}` : ''
  }

  /**
   * Reads all entries. A journal that does not exist has none. A journal that is damaged after its first entry is kept
   * aside, and goes on with the entries before the damage.
   * @throws CapstanError `store-corrupt` for one that cannot be read, that a newer Capstan wrote, or that is not ours:
   *   such a file is left as it is. `bad-input` for an id that is none
   */
  async read(id: string): Promise<T[]> {
    const path = this.#path(id)
    return await this.#turns.run(id, async () => [...(await this.#read(id, path)).entries])
  }

  /**
   * @throws CapstanError `no-space`, `store-corrupt` when the entry could not be kept, `bad-input` for an id that is
   *   none. The entry is then not in the journal, unless another process wrote at the very same moment.
   */
  async append(id: string, entry: T): Promise<void> {
    const path = this.#path(id)
    await this.#turns.run(id, () => this.#append(id, path, entry))
  }

  /**
   * Writes a journal that comes from another machine, whole. One that is here stays as it is.
   * @returns whether it was written
   * @throws CapstanError `no-space`, `store-corrupt` when it could not be written, `bad-input` for an id that is none
   */
  async adopt(id: string, entries: readonly T[]): Promise<boolean> {
    const path = this.#path(id)
    return await this.#turns.run(id, async () => {
      if (await isAt(path)) return false
      try {
        await mkdir(this.#options.folder, { recursive: true, mode: PRIVATE_FOLDER })
        await writeWhole(path, entries.map(lineText).join(''), PRIVATE_FILE)
      } catch (error) {
        throw notAdopted(error)
      }
      this.#known.delete(id)
      return true
    })
  }

  /** @throws CapstanError `store-corrupt` when it could not be removed, `bad-input` for an id that is none */
  async remove(id: string): Promise<void> {
    const path = this.#path(id)
    await this.#turns.run(id, async () => {
      await rm(path, { force: true }).catch((error: unknown) => {
        throw notRemoved(path, error)
      })
      this.#known.delete(id)
      await syncFolder(this.#options.folder)
    })
  }

  async #read(id: string, path: string): Promise<JournalLines<T>> {
    const bytes = await bytesOf(path)
    const lines = linesOf(bytes, this.#options.entry)
    if (lines.isNewer) throw newer(path)
    if (lines.damagedLine === null) this.#know(id, { whole: lines.whole, end: bytes.length })
    // Nothing shows that the file is a journal of ours, so it is not touched.
    else if (lines.entries.length === 0) throw foreign(path)
    else await this.#repair(id, path, lines)
    return lines
  }

  /** The state at the first look counts: what is there later, and not of this process, is somebody else's. */
  #know(id: string, known: Known): void {
    if (!this.#known.has(id)) this.#known.set(id, known)
  }

  async #append(id: string, path: string, entry: T): Promise<void> {
    try {
      if (!this.#known.has(id)) await this.#read(id, path)
      const known = this.#known.get(id) ?? { whole: 0, end: 0 }
      await mkdir(this.#options.folder, { recursive: true, mode: PRIVATE_FOLDER })
      const file = await open(path, 'a+', PRIVATE_FILE)
      try {
        await this.#write(file, {
          id,
          path,
          known,
          text: lineText(entry),
        })
      } finally {
        await file.close()
      }
      if (known.whole === 0) await this.#syncNames()
    } catch (error) {
      throw notKept(error)
    }
  }

  /** Brings the names of a new journal, and of a new folder, to the disk. */
  async #syncNames(): Promise<void> {
    await syncFolder(this.#options.folder)
    await syncFolder(dirname(this.#options.folder))
  }

  /** Writes all of the text, or none of it. */
  async #write(file: FileHandle, { id, path, known, text }: Writing): Promise<void> {
    const { size } = await file.stat()
    if (size < known.whole) throw new Error(`${path} lost entries while it was open.`)
    if (size !== known.end) throw othersWrite(path)
    // Without one entry nothing shows that the file is ours.
    if (known.whole === 0 && known.end > 0) throw foreign(path)
    // A killed process has left a part of an entry that was never confirmed.
    if (known.end > known.whole) await file.truncate(known.whole)
    try {
      await file.appendFile(text)
      await file.datasync()
    } catch (error) {
      await this.#takeBack(file, { id, path, known, text })
      throw error
    }
    const end = known.whole + Buffer.byteLength(text)
    if ((await file.stat()).size !== end) throw othersWrite(path)
    this.#known.set(id, { whole: end, end })
  }

  /** Cuts off what a failed write has left, if nothing else follows the entries. */
  async #takeBack(file: FileHandle, { id, known, text }: Writing): Promise<void> {
    // If this fails too, the next append looks at the file again.
    this.#known.delete(id)
    try {
      const length = (await file.stat()).size - known.whole
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, known.whole)
      if (!Buffer.from(text).subarray(0, length).equals(buffer.subarray(0, bytesRead))) return
      await file.truncate(known.whole)
      this.#known.set(id, { whole: known.whole, end: known.whole })
    } catch {
      // The first error is the one to report.
    }
  }

  /** Keeps the whole file aside, and goes on with the entries before the damage. */
  async #repair(id: string, path: string, { damagedLine, whole }: JournalLines<T>): Promise<void> {
    if (this.#options.readOnly)
      return this.#options.onCorrupt(`${basename(path)} is damaged in line ${damagedLine}.`)
    const aside = `${path}.corrupt-${new Date().toISOString().replace(/[:.]/g, '-')}`
    await copyFile(path, aside)
    await truncate(path, whole)
    this.#known.set(id, { whole, end: whole })
    this.#options.onCorrupt(
      `${basename(path)} is damaged: line ${damagedLine} is not an entry. It was kept as ${aside}. ` +
        'The entries before that line are still used.',
    )
  }

  #path(id: string): string {
    return fileOf(this.#options.folder, id, ENDING)
  }
}

interface Writing {
  readonly id: string
  readonly path: string
  readonly known: Known
  readonly text: string
}

async function bytesOf(path: string): Promise<Buffer> {
  try {
    return await readPrivately(path)
  } catch (error) {
    if (isNotThere(error)) return Buffer.alloc(0)
    throw notRead(path, error)
  }
}
