/** One JSON document on disk: parsed by a schema, written whole, kept aside when it cannot be understood. */
import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { type Adapter, Low } from 'lowdb'
import { ZodError, type z } from 'zod'
import { CapstanError } from '../../shared/errors'
import { isDiskFull } from '../../shared/system/failures'
import { Turns } from '../../shared/turns'
import { JsonFile } from './json-file'

export interface DocumentOptions<T> {
  readonly path: string
  readonly schema: z.ZodType<T>
  readonly initial: T
  /** Called when the file could not be understood and was kept aside. */
  readonly onCorrupt: (message: string) => void
  /** How the file is read and written. The default is `JsonFile`. */
  readonly adapter?: Adapter<unknown>
}

export class JsonDocument<T> {
  readonly #options: DocumentOptions<T>
  readonly #low: Low<unknown>
  /** Changes are written one after the other, so that each starts from the result of the one before. */
  readonly #changes = new Turns()
  #value: T

  private constructor(options: DocumentOptions<T>) {
    this.#options = options
    this.#low = new Low<unknown>(options.adapter ?? new JsonFile(options.path), null)
    this.#value = options.initial
  }

  /**
   * Reads the document, or starts with the initial value.
   * @throws CapstanError `store-corrupt` when the file cannot be read, or not be kept aside
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
   * Changes the value and writes it.
   * @throws CapstanError `no-space` when the disk is full, `store-corrupt` when the file cannot be written. The value
   *   and the document on disk stay as they were.
   */
  async update(change: (value: T) => T): Promise<void> {
    await this.#changes.run(async () => {
      const value = change(this.#value)
      this.#low.data = value
      try {
        await this.#low.write()
      } catch (error) {
        throw writeError(this.#options.path, error)
      }
      this.#value = value
    })
  }

  async #read(): Promise<void> {
    const { path, schema } = this.#options
    try {
      await mkdir(dirname(path), { recursive: true })
      if (!existsSync(path)) return
      await this.#low.read()
      this.#value = schema.parse(this.#low.data)
    } catch (error) {
      if (error instanceof SyntaxError) await this.#keepAside('is not complete JSON')
      else if (error instanceof ZodError) await this.#keepAside('does not have the form it should have')
      else throw readError(path, error)
    }
  }

  async #keepAside(reason: string): Promise<void> {
    const { path, onCorrupt } = this.#options
    const aside = `${path}.corrupt-${new Date().toISOString().replace(/[:.]/g, '-')}`
    await rename(path, aside).catch((error: unknown) => {
      throw readError(path, error)
    })
    onCorrupt(`${basename(path)} ${reason}. It was kept as ${aside}, and Capstan started with a fresh one.`)
  }
}

function readError(path: string, cause: unknown): CapstanError {
  return new CapstanError('store-corrupt', `${path} could not be read.`, {
    help: 'See that you may read and write its folder.',
    cause,
  })
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
