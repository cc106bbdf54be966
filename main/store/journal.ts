/**
 * Append-only journals, one file each: a line of JSON an entry, on the disk before the call returns. A process that is
 * killed in the middle of a line leaves half of one; it is cut off at the next opening, and nothing before it is lost.
 */
import { mkdir, open, readdir, readFile, rename, stat, truncate } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { z } from 'zod'
import { EngineError } from '../../engine'
import { isDiskFull, isNotThere } from './disk'

export interface JournalOptions<T> {
  readonly folder: string
  readonly entry: z.ZodType<T>
  /** Told when a journal was damaged before its last line, and was kept aside. */
  readonly onCorrupt: (message: string) => void
  /** Leaves the files as they are, for one that only looks on while the app may be writing. */
  readonly readOnly?: boolean
}

export class JournalFolder<T> {
  readonly #options: JournalOptions<T>
  /** Appends to one journal go one after the other. */
  readonly #writing = new Map<string, Promise<void>>()

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

  /** Differs when the journal does: its size and when it was last written. */
  async mark(id: string): Promise<string> {
    const found = await stat(this.#path(id)).catch(() => null)
    return found ? `${found.size} ${found.mtimeMs}` : ''
  }

  /** All entries; none for a journal that is not there or had to be kept aside. */
  async read(id: string): Promise<T[]> {
    const { entry, onCorrupt, readOnly } = this.#options
    // A line that is being written is no half line.
    await this.#writing.get(id)?.catch(() => undefined)
    const path = this.#path(id)
    const text = await readFile(path, 'utf8').catch(() => '')
    const whole = text.slice(0, text.lastIndexOf('\n') + 1)
    if (whole.length < text.length && !readOnly) await truncate(path, Buffer.byteLength(whole))
    try {
      return whole
        .split('\n')
        .filter(Boolean)
        .map((line) => entry.parse(JSON.parse(line)))
    } catch {
      if (readOnly) onCorrupt(`${basename(path)} is damaged.`)
      else await this.#keepAside(path)
      return []
    }
  }

  /** @throws EngineError `no-space`, `store-corrupt` when the entry could not be kept */
  async append(id: string, entry: T): Promise<void> {
    const last = this.#writing.get(id) ?? Promise.resolve()
    const work = last.catch(() => undefined).then(() => this.#append(id, entry))
    this.#writing.set(id, work)
    await work
  }

  async #append(id: string, entry: T): Promise<void> {
    await mkdir(this.#options.folder, { recursive: true })
    try {
      const file = await open(this.#path(id), 'a')
      try {
        await file.appendFile(`${JSON.stringify(entry)}\n`)
        await file.datasync()
      } finally {
        await file.close()
      }
    } catch (error) {
      const isFull = isDiskFull(error)
      throw new EngineError(isFull ? 'no-space' : 'store-corrupt', 'Your answer could not be saved.', {
        mend: isFull
          ? 'Make room on the disk, then answer again.'
          : 'See that you may write to the data folder.',
        cause: error,
      })
    }
  }

  async #keepAside(path: string): Promise<void> {
    const aside = `${path}.corrupt-${new Date().toISOString().replace(/[:.]/g, '-')}`
    await rename(path, aside)
    this.#options.onCorrupt(`${basename(path)} is damaged. It was kept as ${aside}.`)
  }

  #path(id: string): string {
    return join(this.#options.folder, `${id}.jsonl`)
  }
}
