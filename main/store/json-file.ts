/** A JSON file as lowdb's adapter: the only way in which documents are read and written. */
import type { Adapter } from 'lowdb'
import { isNotThere } from '../../shared/system/failures'
import { writeWhole } from '../../shared/system/whole-file'
import { PRIVATE_FILE, readPrivately } from './private-files'

export class JsonFile implements Adapter<unknown> {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  /** Null when there is no file. @throws SyntaxError for one that is not JSON */
  async read(): Promise<unknown> {
    try {
      return JSON.parse((await readPrivately(this.#path)).toString('utf8'))
    } catch (error) {
      if (isNotThere(error)) return null
      throw error
    }
  }

  async write(data: unknown): Promise<void> {
    await writeWhole(this.#path, JSON.stringify(data, null, 2), PRIVATE_FILE)
  }
}
