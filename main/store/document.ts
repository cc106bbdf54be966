/**
 * One JSON document on disk: parsed by a schema, written whole, with a copy of its last state beside it. When it cannot
 * be understood it is kept aside, and the copy is used. One that a newer Capstan wrote is left alone.
 */
import { mkdir, rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { type Adapter, Low } from 'lowdb'
import { CapstanError } from '../../shared/errors'
import { isDiskFull } from '../../shared/system/failures'
import { Turns } from '../../shared/turns'
import { JsonFile } from './json-file'
import { copyOf, type Found, look, type Place, readError } from './look'
import { PRIVATE_FOLDER } from './private-files'

export interface DocumentOptions<T> extends Place<T> {
  /** Called when the file could not be understood and was kept aside. */
  readonly onCorrupt: (message: string) => void
  /** How the file is read and written. The default is `JsonFile`. */
  readonly adapter?: Adapter<unknown>
}

export class JsonDocument<T> {
  readonly #options: DocumentOptions<T>
  readonly #low: Low<unknown>
  readonly #copy: JsonFile
  /** Changes are written one after the other, so that each starts from the result of the one before. */
  readonly #changes = new Turns()
  #value: T

  private constructor(options: DocumentOptions<T>) {
    this.#options = options
    this.#low = new Low<unknown>(options.adapter ?? new JsonFile(options.path), null)
    this.#copy = new JsonFile(copyOf(options.path))
    this.#value = options.initial
  }

  /**
   * Reads the document, or starts with the initial value.
   * @throws CapstanError `store-corrupt` when the file cannot be read, or not be kept aside, or is of a newer Capstan
   */
  static async open<T>(options: DocumentOptions<T>): Promise<JsonDocument<T>> {
    const document = new JsonDocument(options)
    await document.#read()
    return document
  }

  get value(): T {
    return this.#value
  }

  /** @throws CapstanError, see `update` */
  async set(value: T): Promise<void> {
    await this.update(() => value)
  }

  /**
   * Changes the value and writes it. Changes take turns; one that gives back the value itself writes nothing.
   * @returns whether there was a change
   * @throws CapstanError `no-space` when the disk is full, `store-corrupt` when the file cannot be written. The value
   *   and the document on disk stay as they were.
   */
  async update(change: (value: T) => T): Promise<boolean> {
    return await this.#changes.run(async () => {
      const value = change(this.#value)
      if (value === this.#value) return false
      try {
        await this.#write(value)
      } catch (error) {
        throw writeError(this.#options.path, error)
      }
      this.#value = value
      return true
    })
  }

  /** Resolves when all changes that were asked for have ended. It never rejects. */
  async settled(): Promise<void> {
    await this.#changes.settled()
  }

  async #write(value: T): Promise<void> {
    this.#low.data = value
    await this.#low.write()
    // The document is safe by now. Without room for the copy, an older copy stays.
    await this.#copy.write(value).catch(() => undefined)
  }

  async #read(): Promise<void> {
    const { path } = this.#options
    await mkdir(dirname(path), { recursive: true, mode: PRIVATE_FOLDER }).catch((error: unknown) => {
      throw readError(path, error)
    })
    const found = await look(this.#options, async () => {
      await this.#low.read()
      return this.#low.data
    })
    this.#value = found.value
    if (found.from === 'copy' || found.reason !== null) await this.#recover(found)
  }

  /** Keeps a damaged document aside, and makes it whole again from its copy if there is one. */
  async #recover({ value, from, reason }: Found<T>): Promise<void> {
    const { path, onCorrupt } = this.#options
    const what = reason === null ? 'was missing' : `${reason}. It was kept as ${await this.#keepAside()}`
    // The copy is still there for the next start, if there is no room now.
    if (from === 'copy') await this.#write(value).catch(() => undefined)
    const next = from === 'copy' ? 'uses the copy of its last state' : 'started with a fresh one'
    onCorrupt(`${basename(path)} ${what}, and Capstan ${next}.`)
  }

  async #keepAside(): Promise<string> {
    const { path } = this.#options
    const aside = `${path}.corrupt-${new Date().toISOString().replace(/[:.]/g, '-')}`
    await rename(path, aside).catch((error: unknown) => {
      throw readError(path, error)
    })
    return aside
  }
}

function writeError(path: string, cause: unknown): CapstanError {
  if (isDiskFull(cause)) {
    return new CapstanError('no-space', `${path} could not be saved: the disk is full.`, {
      help: 'Make room; nothing that was saved before is lost.',
      cause,
    })
  }
  return new CapstanError('store-corrupt', `${path} could not be saved.`, {
    help: 'See that you may write to its folder.',
    cause,
  })
}
