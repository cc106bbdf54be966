/** One JSON document on disk: parsed by a schema, written in one step, kept aside when it cannot be read. */
import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { Low } from 'lowdb'
import { JSONFile } from 'lowdb/node'
import type { z } from 'zod'
import { CapstanError } from '../../engine'
import { isDiskFull } from './disk'

export interface DocumentOptions<T> {
  readonly path: string
  readonly schema: z.ZodType<T>
  readonly initial: T
  /** Told when the file could not be read and was kept aside. */
  readonly onCorrupt: (message: string) => void
}

export class JsonDocument<T> {
  readonly #options: DocumentOptions<T>
  readonly #low: Low<unknown>
  #value: T

  private constructor(options: DocumentOptions<T>, low: Low<unknown>) {
    this.#options = options
    this.#low = low
    this.#value = options.initial
  }

  /** Reads the document, or starts with the initial value. */
  static async open<T>(options: DocumentOptions<T>): Promise<JsonDocument<T>> {
    await mkdir(dirname(options.path), { recursive: true })
    const document = new JsonDocument(options, new Low<unknown>(new JSONFile(options.path), options.initial))
    await document.#read()
    return document
  }

  get value(): T {
    return this.#value
  }

  /** @throws CapstanError `no-space` when the disk is full; the document on disk stays as it was */
  async set(value: T): Promise<void> {
    this.#low.data = value
    try {
      await this.#low.write()
    } catch (error) {
      throw writeError(this.#options.path, error)
    }
    this.#value = value
  }

  async #read(): Promise<void> {
    const { path, schema, initial } = this.#options
    if (!existsSync(path)) return
    try {
      await this.#low.read()
      this.#value = schema.parse(this.#low.data)
    } catch (error) {
      await this.#keepAside(error)
      this.#low.data = initial
    }
  }

  async #keepAside(error: unknown): Promise<void> {
    const { path, onCorrupt } = this.#options
    const aside = `${path}.corrupt-${new Date().toISOString().replace(/[:.]/g, '-')}`
    await rename(path, aside)
    const reason =
      error instanceof SyntaxError ? 'is not complete JSON' : 'does not have the form it should have'
    onCorrupt(`${basename(path)} ${reason}. It was kept as ${aside}, and Capstan started with a fresh one.`)
  }
}

function writeError(path: string, error: unknown): CapstanError {
  if (isDiskFull(error)) {
    return new CapstanError('no-space', `${path} could not be saved: the disk is full.`, {
      help: 'Make room; nothing that was saved before is lost.',
      cause: error,
    })
  }
  return new CapstanError('store-corrupt', `${path} could not be saved.`, {
    help: 'See that you may write to its folder.',
    cause: error,
  })
}
