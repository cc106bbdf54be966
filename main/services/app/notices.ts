/** Things the user should know that no page asked for. */
import { randomUUID } from 'node:crypto'
import type { Notice } from '../../api'

/** Notices from before a page was there are kept for it, up to this many. */
const KEPT = 20

export class Notices {
  readonly #kept: Notice[] = []
  readonly #listeners = new Set<(notice: Notice) => void>()

  add(level: Notice['level'], message: string, help: string | null = null): void {
    const notice = { id: randomUUID(), level, message, help }
    this.#kept.push(notice)
    this.#kept.splice(0, this.#kept.length - KEPT)
    for (const listener of this.#listeners) listener(notice)
  }

  watch(listener: (notice: Notice) => void): () => void {
    for (const notice of this.#kept) listener(notice)
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }
}
