/** The service of the learner's own marks on questions, and of the questions that were seen. */
import { CapstanError } from '../../../shared/errors'
import type { MarkView, QuestionFilter, SeenQuestion } from '../../api'
import type { Marks } from '../../store'
import { answersOf, type ExamsService } from '../exams'

const NONE: MarkView = { bookmarked: false, note: '' }

export interface MarksOptions {
  readonly exams: ExamsService
  readonly marks: Marks
}

export class MarksService {
  readonly #options: MarksOptions

  constructor(options: MarksOptions) {
    this.#options = options
  }

  /** @throws CapstanError `session-exists` while a real exam runs */
  async get(itemId: string): Promise<MarkView> {
    await this.#options.exams.requireOpenBooks()
    return this.#options.marks.get(itemId) ?? NONE
  }

  /** @throws CapstanError `session-exists` while a real exam runs, `bad-input` when there are too many marks */
  async set(itemId: string, mark: MarkView): Promise<MarkView> {
    await this.#options.exams.requireOpenBooks()
    await this.#options.marks.set(itemId, { ...mark, note: mark.note.trim() })
    return this.#options.marks.get(itemId) ?? NONE
  }

  /** The questions of attempts that are over. @throws CapstanError `session-exists` while a real exam runs */
  async questions(): Promise<SeenQuestion[]> {
    const { exams, marks } = this.#options
    const missed = await this.#missed()
    const seen = await exams.seen()
    return seen.map((item) => ({
      ...item,
      mark: marks.get(item.id) ?? NONE,
      missed: missed.get(item.id) ?? 0,
    }))
  }

  /** @throws CapstanError `bad-input` when no question fits, `session-exists` while a real exam runs */
  async practise(filter: QuestionFilter, length: number): Promise<string> {
    const { exams } = this.#options
    const ids = (await this.#ids(filter)).filter((id) => exams.item(id))
    if (ids.length === 0)
      throw new CapstanError('bad-input', 'No question fits.', { help: 'Choose another kind of questions.' })
    return await exams.startDrill({ items: ids.slice(0, length), purpose: filter })
  }

  async #ids(filter: QuestionFilter): Promise<string[]> {
    const { exams, marks } = this.#options
    if (filter === 'unseen') return await exams.unseen()
    if (filter === 'missed')
      return (await exams.seen()).flatMap(({ id, right, answered }) => (answered && !right ? id : []))
    const fits =
      filter === 'noted' ? ({ note }: MarkView) => note !== '' : ({ bookmarked }: MarkView) => bookmarked
    return Object.entries(marks.all()).flatMap(([id, mark]) => (fits(mark) ? id : []))
  }

  /** How often each question was missed. */
  async #missed(): Promise<ReadonlyMap<string, number>> {
    const { exams } = this.#options
    const counts = new Map<string, number>()
    for (const stored of await exams.all())
      for (const { itemId, right } of answersOf(stored, exams.scoreOf(stored.attempt)))
        if (!right) counts.set(itemId, (counts.get(itemId) ?? 0) + 1)
    return counts
  }
}
