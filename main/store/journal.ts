/**
 * Append-only journals. Each is a file with one line of JSON for an entry, which is on the disk before the call returns.
 * A process that is killed in the middle of a line leaves a part of it. That part does not count, and is cut off before
 * the next entry is written.
 */
import {
  copyFile,
  type FileHandle,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  stat,
  truncate,
} from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { CapstanError } from '../../shared/errors'
import { isDiskFull, isNotThere } from '../../shared/system/failures'
import { syncFolder } from '../../shared/system/whole-file'
import { KeyedTurns } from '../../shared/turns'

export interface JournalOptions<T> {
  readonly folder: string
  readonly entry: z.ZodType<T>
  /** Called with a report when a journal was damaged before its last line. */
  readonly onCorrupt: (message: string) => void
  /** For a folder that another process writes to: a damaged journal is reported and left as it is. */
  readonly readOnly?: boolean
}

/** Goes up when an older Capstan can no longer understand the entries. It then leaves the journals alone. */
const VERSION = 1
const NEWLINE = 10

export class JournalFolder<T extends object> {
  readonly #options: JournalOptions<T>
  /** Reads and appends of one journal take turns, so that no read sees half of an append. */
  readonly #turns = new KeyedTurns<string>()
  /** The length of the whole entries of each journal, in bytes, once this process knows it. */
  readonly #whole = new Map<string, number>()

  constructor(options: JournalOptions<T>) {
    this.#options = options
  }

  async list(): Promise<string[]> {
    const names = await readdir(this.#options.folder).catch((error: unknown) => {
      if (isNotThere(error)) return []
      throw error
    })
    return names.filter((name) => /^[\w-]+\.jsonl$/.test(name)).map((name) => name.slice(0, -'.jsonl'.length))
  }

  /** The name of a journal in messages: its folder and its file. */
  nameOf(id: string): string {
    return `${basename(this.#options.folder)}/${id}.jsonl`
  }

  /** A mark that changes with the journal: its size and the time of the last write. Empty without a journal. */
  async mark(id: string): Promise<string> {
    // The next read of the journal reports the reason, if there is one.
    const found = await stat(this.#path(id)).catch(() => null)
    return found ? `${found.size} ${found.mtimeMs}` : ''
  }

  /**
   * Reads all entries. A journal that does not exist has none. A damaged journal is kept aside, and goes on with the
   * entries before the damage.
   * @throws CapstanError `store-corrupt` for one that cannot be read, or that a newer Capstan wrote
   */
  async read(id: string): Promise<T[]> {
    return await this.#turns.run(id, () => this.#read(id))
  }

  /** @throws CapstanError `no-space`, `store-corrupt` when the entry could not be kept: then it is not in the journal */
  async append(id: string, entry: T): Promise<void> {
    await this.#turns.run(id, () => this.#append(id, entry))
  }

  async #read(id: string): Promise<T[]> {
    const bytes = await this.#bytes(id)
    const entries: T[] = []
    let start = 0
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      const line = bytes.toString('utf8', start, end)
      const entry = this.#parse(id, line)
      if (entry === null) {
        await this.#repair(id, { line: entries.length + 1, start })
        break
      }
      entries.push(entry)
      start = end + 1
    }
    return entries
  }

  async #bytes(id: string): Promise<Buffer> {
    try {
      return await readFile(this.#path(id))
    } catch (error) {
      if (isNotThere(error)) return Buffer.alloc(0)
      throw new CapstanError('store-corrupt', `${this.#path(id)} could not be read.`, {
        help: 'See that you may read the data folder.',
        cause: error,
      })
    }
  }

  /** Null when the line is no entry. */
  #parse(id: string, line: string): T | null {
    try {
      const raw: unknown = JSON.parse(line)
      const version = typeof raw === 'object' && raw && 'v' in raw ? Number(raw.v) : VERSION
      if (version > VERSION)
        throw new CapstanError(
          'store-corrupt',
          `${basename(this.#path(id))} was written by a newer Capstan.`,
          { help: 'Update Capstan to open it. Nothing in it was changed.' },
        )
      return this.#options.entry.parse(raw)
    } catch (error) {
      if (error instanceof CapstanError) throw error
      return null
    }
  }

  async #append(id: string, entry: T): Promise<void> {
    try {
      const known = this.#whole.get(id) ?? (await this.#bytes(id)).lastIndexOf(NEWLINE) + 1
      await mkdir(this.#options.folder, { recursive: true })
      const file = await open(this.#path(id), 'a')
      try {
        await this.#write(file, { id, known, text: `${JSON.stringify({ v: VERSION, ...entry })}\n` })
      } finally {
        await file.close()
      }
      if (known === 0) await syncFolder(this.#options.folder)
    } catch (error) {
      throw notKept(error)
    }
  }

  /** Writes all of the text, or none of it. */
  async #write(
    file: FileHandle,
    { id, known, text }: { readonly id: string; readonly known: number; readonly text: string },
  ): Promise<void> {
    const { size } = await file.stat()
    if (size < known) throw new Error(`${this.#path(id)} lost entries while it was open.`)
    this.#whole.set(id, known)
    // A killed process or a full disk has left a part of an entry that was never confirmed.
    if (size > known) await file.truncate(known)
    try {
      await file.appendFile(text)
      await file.datasync()
    } catch (error) {
      // If this fails too, the next append cuts the part off.
      await file.truncate(known).catch(() => undefined)
      throw error
    }
    this.#whole.set(id, known + Buffer.byteLength(text))
  }

  /** Keeps the whole file aside, and goes on with the entries before the damage. */
  async #repair(
    id: string,
    { line, start }: { readonly line: number; readonly start: number },
  ): Promise<void> {
    const path = this.#path(id)
    if (this.#options.readOnly)
      return this.#options.onCorrupt(`${basename(path)} is damaged in line ${line}.`)
    const aside = `${path}.corrupt-${new Date().toISOString().replace(/[:.]/g, '-')}`
    if (start === 0) await rename(path, aside)
    else {
      await copyFile(path, aside)
      await truncate(path, start)
    }
    this.#whole.set(id, start)
    const rest = start === 0 ? '' : ' The entries before that line are still used.'
    this.#options.onCorrupt(
      `${basename(path)} is damaged: line ${line} is not an entry. It was kept as ${aside}.${rest}`,
    )
  }

  #path(id: string): string {
    return join(this.#options.folder, `${id}.jsonl`)
  }
}

function notKept(error: unknown): CapstanError {
  const isFull = isDiskFull(error)
  return new CapstanError(isFull ? 'no-space' : 'store-corrupt', 'Your answer could not be saved.', {
    help: isFull ? 'Make room on the disk, then answer again.' : 'See that you may write to the data folder.',
    cause: error,
  })
}
