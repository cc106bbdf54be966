/** What is known of all attempts: their scores, their results, and which items were in them. */
import { type Attempt, type Bank, type Result, representatives } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import type { AttemptSummary, ResultView } from '../../api'
import type { AttemptNow } from '../attempts'
import { examBefore, isEmpty } from './again'
import { isSitting } from './closed-book'
import { Scores } from './scores'
import { shownTexts } from './shown-texts'
import type { Sitting } from './sitting'
import type { StoredExam } from './stored'
import { resultItems, resultView, summaryOf, type ViewContext } from './views'

export interface ExamRecordsOptions {
  readonly attempts: {
    all(): Promise<readonly StoredExam[]>
    list(): Promise<readonly AttemptNow<Attempt>[]>
    get(id: string): Promise<AttemptNow<Attempt>>
  }
  readonly sitting: Pick<Sitting, 'requireOpenBooks'>
  readonly bank: Bank
  readonly context: () => ViewContext
  readonly passMark: () => number
}

export class ExamRecords {
  readonly #options: ExamRecordsOptions
  readonly #scores: Scores

  constructor(options: ExamRecordsOptions) {
    this.#options = options
    this.#scores = new Scores(options.context().blueprint)
  }

  /** Every attempt that can be read and has an answer or still runs, as its journal has it, the oldest first. */
  async all(): Promise<StoredExam[]> {
    return (await this.#options.attempts.all()).filter(({ attempt }) => !isEmpty(attempt))
  }

  /** Scores an attempt by the pass mark of today. */
  scoreOf(attempt: Attempt): Result {
    return this.#scores.of(attempt, this.#options.passMark())
  }

  /** The newest first. */
  async list(): Promise<AttemptSummary[]> {
    const all = (await this.#options.attempts.list()).filter(({ attempt }) => !isEmpty(attempt))
    return all.map((now) =>
      summaryOf(now, now.attempt.endedBy ? this.scoreOf(now.attempt) : null, this.#options.context()),
    )
  }

  /** @throws CapstanError `session-state` while the attempt runs */
  async over(id: string): Promise<AttemptNow<Attempt>> {
    const now = await this.#options.attempts.get(id)
    if (now.attempt.endedBy) return now
    throw new CapstanError('session-state', 'This exam is not over yet.', { help: 'Finish it first.' })
  }

  /** @throws CapstanError `session-state` while the attempt runs, `session-exists` while a real exam does */
  async result(id: string): Promise<ResultView> {
    const now = await this.over(id)
    await this.#options.sitting.requireOpenBooks()
    return this.resultOf(
      now,
      examBefore(now.attempt, await this.all(), (one) => this.scoreOf(one)),
    )
  }

  resultOf(now: AttemptNow<Attempt>, before: ResultView['before']): ResultView {
    return resultView(now, { result: this.scoreOf(now.attempt), before }, this.#options.context())
  }

  /**
   * The items of attempts that are over, and those of a running practice whose keys were shown, each as it was answered
   * the last time.
   * @throws CapstanError `session-exists` while a real exam runs
   */
  async seen(): Promise<ResultView['items']> {
    const { sitting, context } = this.#options
    await sitting.requireOpenBooks()
    const items = (await this.all()).flatMap(({ attempt }) =>
      resultItems(attempt, this.scoreOf(attempt), context()).filter(
        (_item, index) => attempt.endedBy || attempt.items[index]?.closed,
      ),
    )
    return [...new Map(items.map((item) => [item.id, item])).values()]
  }

  /** The texts of an item that this person has been shown: in any attempt, or while a real exam runs, in that one. */
  async textsShown(itemId: string): Promise<string[]> {
    const attempts = (await this.#options.attempts.all()).map(({ attempt }) => attempt)
    const sitting = attempts.filter(isSitting)
    const { items } = this.#options.context()
    return (sitting.length > 0 ? sitting : attempts).flatMap((attempt) => shownTexts(attempt, itemId, items))
  }

  /** Ids of all items of the bank that were in no attempt. A template gives one of its items. */
  async unseen(): Promise<string[]> {
    const seen = await this.timesSeen()
    return representatives(this.#options.bank).flatMap(({ id }) => (seen.has(id) ? [] : id))
  }

  /** How often each item was in a form of this person. */
  async timesSeen(): Promise<Map<string, number>> {
    const seen = new Map<string, number>()
    for (const { attempt } of await this.#options.attempts.all())
      for (const { id } of attempt.form.items) seen.set(id, (seen.get(id) ?? 0) + 1)
    return seen
  }
}
