/** The learner's own marks on questions and labs: bookmarks and notes, by the id of what they are on. */
import { z } from 'zod'
import { CapstanError } from '../../shared/errors'
import type { JsonDocument } from './document'

export const KeptMark = z.object({ bookmarked: z.boolean(), note: z.string(), at: z.string() })
export type KeptMark = z.infer<typeof KeptMark>

export const MarksDocument = z.object({ version: z.literal(1), marks: z.record(z.string(), KeptMark) })
type MarksDocument = z.infer<typeof MarksDocument>

export const NO_MARKS: MarksDocument = { version: 1, marks: {} }

/** More than the bank has questions. */
const MOST_MARKS = 10_000

export class Marks {
  readonly #document: JsonDocument<MarksDocument>

  constructor(document: JsonDocument<MarksDocument>) {
    this.#document = document
  }

  all(): Readonly<Record<string, KeptMark>> {
    return this.#document.value.marks
  }

  get(itemId: string): KeptMark | undefined {
    return Object.hasOwn(this.all(), itemId) ? this.all()[itemId] : undefined
  }

  /**
   * A mark without a bookmark and a note is removed. Marks of questions that left the bank stay.
   * @throws CapstanError `bad-input` when there are too many, `no-space`, `store-corrupt`
   */
  async set(itemId: string, mark: Omit<KeptMark, 'at'>): Promise<void> {
    await this.#document.update(({ marks }) => {
      const { [itemId]: _before, ...others } = marks
      if (!mark.bookmarked && mark.note === '') return { version: 1, marks: others }
      if (Object.keys(others).length >= MOST_MARKS) throw tooMany()
      return { version: 1, marks: { ...others, [itemId]: { ...mark, at: new Date().toISOString() } } }
    })
  }

  /**
   * Takes in marks of another machine. Of two marks on one question the newer one stays.
   * @returns how many were taken in
   * @throws CapstanError `bad-input` when there are too many, `no-space`, `store-corrupt`
   */
  async merge(marks: Readonly<Record<string, KeptMark>>): Promise<number> {
    let taken = 0
    await this.#document.update((document) => {
      const newer = Object.entries(marks).filter(([itemId, mark]) => isNewer(mark, document.marks[itemId]))
      taken = newer.length
      if (taken === 0) return document
      const merged = { ...document.marks, ...Object.fromEntries(newer) }
      if (Object.keys(merged).length > MOST_MARKS) throw tooMany()
      return { version: 1, marks: merged }
    })
    return taken
  }

  /** Removes all marks. @throws CapstanError `no-space`, `store-corrupt` */
  async clear(): Promise<void> {
    await this.#document.set(NO_MARKS)
  }
}

function isNewer(mark: KeptMark, own: KeptMark | undefined): boolean {
  return !own || Date.parse(mark.at) > Date.parse(own.at)
}

function tooMany(): CapstanError {
  return new CapstanError('bad-input', 'There are too many marks.', { help: 'Remove some of them.' })
}
