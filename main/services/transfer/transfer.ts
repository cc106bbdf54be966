/** The service that takes everything about the student to another machine, brings it in from one, and resets it. */
import type { z } from 'zod'
import { isCapstanError } from '../../../shared/errors'
import type { ImportSummary } from '../../api'
import type { LabProgress, Store } from '../../store'
import type { ExamRoom, TakenAttempt } from '../attempts'
import type { ExamsService } from '../exams'
import type { HandsOnService } from '../hands-on'
import { PARCEL_VERSION, TakenExam, TakenHandsOn, unpack } from './parcel'

export interface TransferOptions {
  readonly exams: Pick<ExamsService, 'archive' | 'list' | 'apply'>
  readonly handsOn: Pick<HandsOnService, 'archive'>
  /** Nothing of this is done while an exam runs: an export has keys, and an exam must not be taken away. */
  readonly room: Pick<ExamRoom, 'enter'>
  readonly store: Pick<Store, 'progress' | 'updateProgress' | 'clearProgress' | 'updateSettings' | 'marks'>
  /** Called when the progress of labs has changed. */
  readonly onLabs: () => void
  readonly now?: (() => Date) | undefined
}

type Brought = ImportSummary['attempts']

export class TransferService {
  readonly #options: TransferOptions

  constructor(options: TransferOptions) {
    this.#options = options
  }

  /**
   * Everything that another machine needs: attempts that are over with their keys, labs, bookmarks and notes.
   * @throws CapstanError `session-exists` while an exam runs
   */
  async export(): Promise<{ name: string; text: string }> {
    const { exams, handsOn, room, store, now = () => new Date() } = this.#options
    return await room.enter(async () => {
      const exportedAt = now().toISOString()
      const document = {
        capstan: 'everything',
        version: PARCEL_VERSION,
        exportedAt,
        attempts: await exams.archive.taken(),
        handsOn: await handsOn.archive.taken(),
        labs: store.progress(),
        marks: store.marks.all(),
      }
      return { name: `capstan-everything-${exportedAt.slice(0, 10)}.json`, text: JSON.stringify(document) }
    })
  }

  /**
   * Merges an export of another machine: attempts that are not here yet, the best progress of each lab, the newest of
   * each mark. A disk that is full in the middle leaves what came in, and the file can be imported again.
   * @throws CapstanError `bad-input` for a file that is no export, `session-exists` while an exam runs, `no-space`
   */
  async import(packed: string): Promise<ImportSummary> {
    const { exams, handsOn, room, store, onLabs } = this.#options
    const parcel = await unpack(packed)
    return await room.enter(async () => {
      const summary = {
        attempts: await brought(parcel.attempts, TakenExam, exams.archive),
        handsOn: await brought(parcel.handsOn, TakenHandsOn, handsOn.archive),
        labs: await this.#bringLabs(parcel.labs),
        marks: await store.marks.merge(parcel.marks),
      }
      onLabs()
      return summary
    })
  }

  async #bringLabs(labs: Readonly<Record<string, LabProgress>>): Promise<number> {
    let further = 0
    for (const [labId, progress] of Object.entries(labs)) {
      const isSaved = await this.#options.store.updateProgress(labId, (own) => bestOf(own, progress))
      if (isSaved) further++
    }
    return further
  }

  /**
   * Removes every attempt, the progress of labs, bookmarks and notes. Settings stay.
   * @throws CapstanError `session-exists` while an exam runs, `session-state` while one waits for its grades
   */
  async reset(): Promise<void> {
    const { exams, handsOn, room, store, onLabs } = this.#options
    await room.enter(async () => {
      await handsOn.archive.removeAll()
      for (const { id, state } of await exams.list())
        if (state === 'running') await exams.apply(id, { kind: 'ended', by: 'candidate' })
      await exams.archive.removeAll()
      await store.clearProgress()
      await store.marks.clear()
      await store.updateSettings((settings) => ({ ...settings, placement: null }))
      onLabs()
    })
  }
}

/** Brings in what can be understood. */
async function brought<E>(
  all: readonly unknown[],
  schema: z.ZodType<TakenAttempt<E>>,
  archive: { bring(taken: TakenAttempt<E>): Promise<boolean> },
): Promise<Brought> {
  const counts = { added: 0, known: 0, leftOut: 0 }
  for (const raw of all) counts[await bring(raw, schema, archive)]++
  return counts
}

async function bring<E>(
  raw: unknown,
  schema: z.ZodType<TakenAttempt<E>>,
  archive: { bring(taken: TakenAttempt<E>): Promise<boolean> },
): Promise<keyof Brought> {
  const { data } = schema.safeParse(raw)
  if (!data) return 'leftOut'
  try {
    return (await archive.bring(data)) ? 'added' : 'known'
  } catch (error) {
    if (isCapstanError(error, 'bad-input')) return 'leftOut'
    throw error
  }
}

/** The furthest step of the two, and the first time that the lab was completed. */
function bestOf(own: LabProgress | undefined, other: LabProgress): LabProgress {
  if (!own) return other
  const times = [own.completedAt, other.completedAt].filter((one) => one !== null).sort()
  const best = { stepsDone: Math.max(own.stepsDone, other.stepsDone), completedAt: times[0] ?? null }
  return best.stepsDone === own.stepsDone && best.completedAt === own.completedAt ? own : best
}
