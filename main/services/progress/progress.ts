/** The service of progress: readiness, history, reviews, statistics and exports. */
import {
  type DoneLab,
  evidenceOf,
  type KnownAnswer,
  readiness,
  readinessCurve,
  representatives,
  reviewsDue,
  reviewsOf,
} from '../../../exam'
import type {
  CurvePointView,
  DomainProgress,
  PastAttemptView,
  PastHandsOnView,
  ProgressOverview,
  ReviewItem,
  StatisticsView,
} from '../../api'
import type { LabProgress } from '../../store'
import { examRuns } from '../attempts'
import { answersOf, type ExamsService, type GivenAnswer, isSitting, type StoredExam } from '../exams'
import { type GradedHandsOn, gradedOf, HandsOnScores, type StoredHandsOn, tasksAsAnswers } from '../hands-on'
import { csvOf, type ExportedProgress, exportedProgress } from './export'
import { midnightBefore, since } from './since'
import { statisticsOf } from './statistics'

/** Fewer answers than this rank no objective: one wrong answer would make it the weakest of all. */
const FEWEST_ANSWERS = 3

interface KnownLab extends Omit<DoneLab, 'at'> {
  readonly title: string
}

export interface ProgressOptions {
  readonly exams: ExamsService
  readonly handsOn: { all(): Promise<readonly StoredHandsOn[]> }
  readonly labs: () => readonly KnownLab[]
  /** The tasks of hands-on exams. */
  readonly tasks: () => readonly Pick<KnownLab, 'id' | 'difficulty'>[]
  /** How far each lab was taken, by its id. */
  readonly labProgress: () => Readonly<Record<string, LabProgress>>
  readonly passMark: () => number
  readonly now?: (() => Date) | undefined
}

export class ProgressService {
  readonly #options: ProgressOptions
  readonly #handsOnScores: HandsOnScores
  readonly #answers = new WeakMap<StoredExam, readonly GivenAnswer[]>()

  constructor(options: ProgressOptions) {
    this.#options = options
    this.#handsOnScores = new HandsOnScores(options.exams.bank.blueprint)
  }

  async overview(): Promise<ProgressOverview> {
    const all = await this.#options.exams.all()
    const { blueprint } = this.#options.exams.bank
    const passMark = this.#options.passMark()
    const answers = this.#answersOf(all)
    const graded = await this.#graded()
    const [labs, now] = [this.#doneLabs(), this.#now()]
    const evidence = evidenceOf(this.#withTasks(answers, graded), labs, now)
    const report = readiness(evidence, blueprint, passMark)
    const known = report.objectives.filter(({ items }) => items >= FEWEST_ANSWERS)
    return {
      passMark,
      total: report.total,
      domains: this.#domains(report),
      today: { items: since(midnightBefore(now), answers), labs: since(midnightBefore(now), labs) },
      history: all.flatMap((one) => this.#past(one)),
      handsOn: graded.map(pastHandsOn),
      weakest: known.sort((a, b) => a.percent - b.percent).map(({ id }) => id),
      reviews: this.#reviewCounts(this.#reviewed(all)),
    }
  }

  /** How readiness has changed, the oldest day first. */
  async curve(): Promise<CurvePointView[]> {
    const answers = this.#answersOf(await this.#options.exams.all())
    const known = {
      answers: this.#withTasks(answers, await this.#graded()),
      labs: this.#doneLabs(),
      blueprint: this.#options.exams.bank.blueprint,
      passMark: this.#options.passMark(),
    }
    return readinessCurve(known, this.#now()).map(({ at, estimate }) => ({
      ...estimate,
      at: at.toISOString(),
    }))
  }

  /** Everything in review, the longest overdue first. */
  async reviews(): Promise<ReviewItem[]> {
    const { exams } = this.#options
    const all = await exams.all()
    const answers = this.#reviewed(all)
    const hidden = exams.hidden(all.filter(({ attempt }) => isSitting(attempt)))
    const now = this.#now()
    return [...reviewsOf(answers)]
      .flatMap(([itemId, { due }]): ReviewItem[] => {
        const item = exams.item(itemId)
        if (!item || hidden.has(itemId)) return []
        const { domain, objectives, stem } = item
        const missed = answers.filter((answer) => answer.itemId === itemId && !answer.right).length
        const isDue = new Date(due) <= now
        return [{ itemId, domain, objectives, stem, due, isDue, missed }]
      })
      .sort((a, b) => a.due.localeCompare(b.due))
  }

  /** @throws CapstanError `bad-input` when nothing is due */
  async startReview(most: number): Promise<string> {
    const due = (await this.reviews()).filter(({ isDue }) => isDue).slice(0, most)
    return await this.#options.exams.startDrill({
      items: due.map(({ itemId }) => itemId),
      purpose: 'reviews',
    })
  }

  /** @throws CapstanError `bad-input` when no item serves them */
  async startDrill(objectives: readonly string[], length: number): Promise<string> {
    return await this.#options.exams.startDrill({ objectives, length })
  }

  /** @param keys whether to give the options with their keys, of items that were in an attempt that is over */
  async statistics({ keys = false } = {}): Promise<StatisticsView> {
    const { exams } = this.#options
    const all = await exams.all()
    const over = all.filter(({ attempt }) => attempt.endedBy)
    const seen = over.flatMap(({ attempt }) => attempt.form.items.map(({ id }) => id))
    const hidden = exams.hidden(all.filter(({ attempt }) => !attempt.endedBy))
    return statisticsOf(this.#answersOf(over), {
      attempts: over.length,
      item: (id) => exams.item(id),
      hidden,
      keys: new Set(keys ? seen : []),
    })
  }

  /**
   * Exports attempts that are over, hands-on exams with their grades, readiness, and labs.
   * @throws CapstanError `session-exists` while a real exam runs
   */
  async export(format: 'csv' | 'json'): Promise<{ name: string; text: string; attempts: number }> {
    const now = this.#now()
    const document = await this.#exported(now)
    const text = format === 'csv' ? csvOf(document) : `${JSON.stringify(document, null, 2)}\n`
    return {
      name: `capstan-progress-${now.toISOString().slice(0, 10)}.${format}`,
      text,
      attempts: document.attempts.length + document.handsOn.length,
    }
  }

  async #exported(now: Date): Promise<ExportedProgress> {
    const all = await this.#options.exams.all()
    // What was right before, and what was picked, are keys of the exam that runs.
    if (all.some(({ attempt }) => isSitting(attempt)))
      throw examRuns('A real exam', 'Finish it in the app, then export.')
    const over = all.filter(({ attempt }) => attempt.endedBy)
    return exportedProgress({
      attempts: over.map((stored) => ({ stored, answers: this.#given(stored) })),
      handsOn: await this.#graded(),
      overview: await this.overview(),
      labs: this.#options.labProgress(),
      now,
    })
  }

  async #graded(): Promise<GradedHandsOn[]> {
    return gradedOf(await this.#options.handsOn.all(), this.#handsOnScores)
  }

  /** What counts for readiness: answers to the house's questions, and tasks. Nobody has checked the person's own ones. */
  #withTasks(answers: readonly GivenAnswer[], graded: readonly GradedHandsOn[]): KnownAnswer[] {
    return [...answers.filter(({ own }) => !own), ...tasksAsAnswers(graded, (id) => this.#difficultyOf(id))]
  }

  #difficultyOf(taskId: string): KnownLab['difficulty'] | undefined {
    return this.#options.tasks().find(({ id }) => id === taskId)?.difficulty
  }

  #answersOf(all: readonly StoredExam[]): GivenAnswer[] {
    return all.flatMap((one) => this.#given(one))
  }

  /** What is reviewed when it was missed. A placement test asks what its candidate has not learned yet. */
  #reviewed(all: readonly StoredExam[]): GivenAnswer[] {
    return this.#answersOf(all.filter(({ attempt }) => attempt.form.purpose !== 'placement'))
  }

  #given(stored: StoredExam): readonly GivenAnswer[] {
    const answers =
      this.#answers.get(stored) ?? answersOf(stored, this.#options.exams.scoreOf(stored.attempt))
    this.#answers.set(stored, answers)
    return answers
  }

  #doneLabs(): DoneLab[] {
    const progress = this.#options.labProgress()
    return this.#options.labs().flatMap(({ id, difficulty, domain, objectives }) => {
      const completedAt = progress[id]?.completedAt
      return completedAt ? { id, difficulty, domain, objectives, at: new Date(completedAt) } : []
    })
  }

  #domains(report: ReturnType<typeof readiness>): DomainProgress[] {
    const { bank, blueprint } = this.#options.exams.bank
    const progress = this.#options.labProgress()
    const labs = this.#options.labs().map((lab) => ({ ...lab, done: Boolean(progress[lab.id]?.completedAt) }))
    const inBank = countBy(representatives(bank).flatMap(({ objectives }) => objectives))
    return report.domains.map((domain) => {
      const own = labs.filter((lab) => lab.domain === domain.id)
      const prefix = blueprint.domains.find(({ id }) => id === domain.id)?.prefix ?? domain.id
      const objectives = report.objectives
        .filter(({ id }) => id.startsWith(`${prefix}-`))
        .map((objective) => ({
          ...objective,
          inBank: inBank.get(objective.id) ?? 0,
          taughtBy: labs
            .filter((lab) => lab.objectives.includes(objective.id))
            .map(({ id, title, done }) => ({ id, title, done })),
        }))
      return { ...domain, labsDone: own.filter(({ done }) => done).length, labsAll: own.length, objectives }
    })
  }

  #past({ attempt, startedAt }: StoredExam): PastAttemptView[] {
    if (!attempt.endedBy) return []
    const { total, passed } = this.#options.exams.scoreOf(attempt)
    const { id, mode, form } = attempt
    const placement = form.purpose === 'placement'
    return [{ id, mode, placement, startedAt: startedAt.toISOString(), ...total, passed }]
  }

  #reviewCounts(answers: readonly GivenAnswer[]): ProgressOverview['reviews'] {
    const { exams } = this.#options
    const reviews = new Map([...reviewsOf(answers)].filter(([id]) => exams.item(id)))
    const now = this.#now()
    const later = [...reviews.values()]
      .map(({ due }) => due)
      .filter((due) => new Date(due) > now)
      .sort()
    return { due: reviewsDue(reviews, now).length, kept: reviews.size, later }
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date()
  }
}

function pastHandsOn({ attempt: { id, form }, startedAt, result }: GradedHandsOn): PastHandsOnView {
  const { percent, passed, tasks } = result
  return {
    id,
    title: form.title,
    startedAt: startedAt.toISOString(),
    tasksPassed: tasks.filter((task) => task.passed).length,
    tasks: tasks.length,
    percent,
    passed,
  }
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
