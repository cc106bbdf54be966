/** Notices: messages that the user should see although no page asked for them. */
import { randomUUID } from 'node:crypto'
import { Emitter } from '../../../shared/observable'
import type { Notice } from '../../api'

/** How many notices are kept for pages that open later. */
const KEPT = 20

export class Notices {
  readonly #kept: Notice[] = []
  readonly #added = new Emitter<Notice>()
  readonly #newId: () => string

  constructor(newId: () => string = randomUUID) {
    this.#newId = newId
  }

  add(level: Notice['level'], message: string, help: string | null = null): void {
    const notice = { id: this.#newId(), level, message, help }
    this.#kept.push(notice)
    this.#kept.splice(0, this.#kept.length - KEPT)
    this.#added.emit(notice)
  }

  /** Calls the listener with each notice that is kept, and with every later one. */
  watch(listener: (notice: Notice) => void): () => void {
    for (const notice of this.#kept) listener(notice)
    return this.#added.on(listener)
  }
}
