/** How exams, practices and drills begin. */
import type { z } from 'zod'
import { type Attempt, type AttemptEvent, drillForm, type Form, type Item, type Purpose } from '../../../exam'
import type { StartExam } from '../../api'
import type { Chance, ExamRoom } from '../attempts'
import type { LoadedBank } from '../bank'
import { itemsAgain } from './again'
import { type FormSource, formFor, formOfItems, mockForm } from './forms'
import { noneOfOwn, type OwnSource, type OwnWish, partOf, withOwnMarked } from './own'
import type { ExamRecords } from './records'
import type { Sitting } from './sitting'

/** Exactly these items in this order, or so many items that serve any of these objectives. */
export type DrillWish =
  | { readonly items: readonly string[]; readonly purpose?: Purpose | undefined }
  | { readonly objectives: readonly string[]; readonly length: number }

export interface ExamStartsOptions {
  readonly bank: LoadedBank
  readonly chance: Chance
  readonly room: ExamRoom
  readonly sitting: Pick<Sitting, 'requireOpenBooks'>
  readonly records: Pick<ExamRecords, 'over' | 'scoreOf' | 'timesSeen'>
  readonly item: (id: string) => Item | undefined
  readonly own: OwnSource
  readonly begin: (id: string, event: AttemptEvent) => Promise<void>
}

export class ExamStarts {
  readonly #options: ExamStartsOptions

  constructor(options: ExamStartsOptions) {
    this.#options = options
  }

  /** Begins a real exam, or a practice. @throws CapstanError, see `ExamsService.start` */
  async start(
    { mode, extraTime, half, formNumber, ...wish }: z.output<typeof StartExam>,
    purpose?: Purpose,
  ): Promise<string> {
    const { sitting, room } = this.#options
    if (mode !== 'real') {
      await sitting.requireOpenBooks()
      // A placement test is compared with the exam, so it has the exam's items.
      const form = formFor({ ...wish, everyType: purpose !== 'placement' }, await this.#source())
      return await this.#begin(mode, withPurpose(form, purpose), null)
    }
    return await room.enter(async () => {
      const form = mockForm({ half, formNumber }, await this.#source())
      return await this.#begin(mode, form, form.minutes * 60_000 * extraTime)
    })
  }

  /** @throws CapstanError `bad-input` when the bank has nothing that fits the wish, `session-exists` */
  async drill(wish: DrillWish): Promise<string> {
    await this.#options.sitting.requireOpenBooks()
    const source = await this.#source()
    if (!('items' in wish)) return await this.#begin('drill', formFor(wish, source), null)
    const items = wish.items.flatMap((id) => this.#options.item(id) ?? [])
    return await this.#begin(
      'drill',
      this.#marked(withPurpose(formOfItems(items, source), wish.purpose)),
      null,
    )
  }

  /** @throws CapstanError `bad-input` when no question of the person's own fits, `session-exists` */
  async ownDrill(wish: OwnWish): Promise<string> {
    const { own, sitting } = this.#options
    await sitting.requireOpenBooks()
    const { bank } = await own.read()
    const part = partOf(bank, wish)
    if (part.items.length + part.templates.length === 0) throw noneOfOwn()
    const { blueprint, seed, seen } = await this.#source()
    const form = drillForm(part, { blueprint, seed, seen, length: wish.length })
    return await this.#begin('drill', this.#marked(withPurpose(form, 'own')), null)
  }

  #marked(form: Form): Form {
    return withOwnMarked(form, this.#options.own)
  }

  /** Starts over from an attempt that is over. @throws CapstanError, see `ExamsService.retry` */
  async retry(id: string, what: 'missed' | 'flagged' | 'form'): Promise<string> {
    const { records, room, sitting } = this.#options
    const { attempt } = await records.over(id)
    const { mode, form, limit } = attempt
    if (what !== 'form')
      return await this.drill({
        items: itemsAgain(attempt, records.scoreOf(attempt), what),
        purpose: what,
      })
    if (mode === 'real') return await room.enter(() => this.#begin(mode, form, limit))
    await sitting.requireOpenBooks()
    return await this.#begin(mode, repeated(form), limit)
  }

  async #begin(mode: Attempt['mode'], form: Form, limit: number | null): Promise<string> {
    const id = this.#options.chance.id()
    await this.#options.begin(id, { kind: 'began', at: 0, attemptId: id, mode, form, limit })
    return id
  }

  async #source(): Promise<FormSource> {
    const { bank, chance, records } = this.#options
    return { ...bank, seen: await records.timesSeen(), seed: chance.seed() }
  }
}

function withPurpose(form: Form, purpose: Purpose | undefined): Form {
  return purpose ? { ...form, purpose } : form
}

/** Whoever takes the items of a placement test once more practises them. */
function repeated({ purpose, ...form }: Form): Form {
  return withPurpose(form, purpose === 'placement' ? undefined : purpose)
}
