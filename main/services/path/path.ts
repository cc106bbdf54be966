/** The service of the student's way: paths, objectives, the placement test and search. */
import type { LoadedLab } from '../../../engine'
import type { Blueprint, HandsOnExam, ObjectiveSheet } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import type {
  ObjectiveTitle,
  ObjectiveView,
  PathView,
  PlacementView,
  PractisedView,
  SearchHit,
} from '../../api'
import type { LabProgress } from '../../store'
import { type ExamsService, isSitting, type StoredExam } from '../exams'
import { HandsOnScores, type StoredHandsOn } from '../hands-on'
import { commandsOf } from './commands'
import { type DoneAttempts, doneAttempts, NOTHING_DONE } from './done'
import type { PathFiles } from './files'
import { PLACEMENT_LENGTH, placementView } from './placement'
import { find, type SeenQuestion } from './search'
import { type PathContext, pathView } from './views'

export interface PathOptions {
  readonly files: PathFiles
  readonly blueprint: Blueprint
  readonly handsOnExams: readonly HandsOnExam[]
  readonly labs: () => readonly LoadedLab[]
  readonly labProgress: () => Readonly<Record<string, LabProgress>>
  /** Opened when attempts are asked for: the first page does not wait for them. */
  readonly exams: () => Promise<ExamsService>
  readonly handsOn: () => Promise<{ all(): Promise<readonly StoredHandsOn[]> }>
  /** The id of the path that the student follows; null for the main one. */
  readonly followed: () => string | null
  /** The attempt that is the last placement test. */
  readonly placement: () => string | null
  readonly keepPlacement: (attemptId: string) => Promise<unknown>
}

export class PathService {
  readonly #options: PathOptions
  readonly #handsOnScores: HandsOnScores

  constructor(options: PathOptions) {
    this.#options = options
    this.#handsOnScores = new HandsOnScores(options.blueprint)
  }

  /** All paths, the main one first. @param attempts whether drills and exams are marked too */
  async list(attempts: boolean): Promise<PathView[]> {
    return this.#paths(attempts ? await this.#doneAttempts() : NOTHING_DONE)
  }

  objectives(): ObjectiveTitle[] {
    const { domains, objectives } = this.#options.blueprint
    return objectives.map(({ id, title }) => ({
      id,
      title,
      domain: domains.find(({ prefix }) => id.startsWith(`${prefix}-`))?.title ?? '',
    }))
  }

  /** @throws CapstanError `not-found` */
  objective(objectiveId: string): ObjectiveView {
    const objective = this.objectives().find(({ id }) => id === objectiveId)
    if (!objective)
      throw new CapstanError('not-found', `There is no objective "${objectiveId}".`, {
        help: 'Choose one from the progress page.',
      })
    const sheet = this.#sheet(objectiveId)
    const labs = this.#options.labs().filter(({ objectives }) => objectives.includes(objectiveId))
    return {
      ...objective,
      asks: sheet?.asks ?? null,
      commands: sheet?.commands ?? [],
      labs: labs.map(({ id, title, minutes }) => ({ id, title, minutes, done: this.#isDone(id) })),
    }
  }

  /** @throws CapstanError `not-found` */
  practised(labId: string): PractisedView {
    const lab = this.#options.labs().find(({ id }) => id === labId)
    if (!lab) throw new CapstanError('not-found', `There is no lab called "${labId}".`)
    const ids = lab.objectives
    return {
      objectives: this.objectives().filter(({ id }) => ids.includes(id)),
      commands: commandsOf(
        lab,
        ids.flatMap((id) => this.#sheet(id) ?? []),
      ),
      next: this.#next(labId),
    }
  }

  /**
   * Begins a placement test, unless the last one is not over yet.
   * @returns its attempt
   * @throws CapstanError `session-exists` while an exam runs
   */
  async place(): Promise<string> {
    const last = await this.placement()
    if (last && !last.ended) return last.attemptId
    const exams = await this.#options.exams()
    const attemptId = await exams.start(
      { mode: 'practice', length: PLACEMENT_LENGTH, extraTime: 1 },
      'placement',
    )
    await this.#options.keepPlacement(attemptId)
    return attemptId
  }

  /** What the last placement test says; null before the first one, and while a real exam runs. */
  async placement(): Promise<PlacementView | null> {
    const id = this.#options.placement()
    if (id === null) return null
    const exams = await this.#options.exams()
    const all = await exams.all()
    const stored = all.find(({ attempt }) => attempt.id === id)
    if (!stored || all.some(({ attempt }) => isSitting(attempt))) return null
    return placementView(stored.attempt, exams.scoreOf(stored.attempt), {
      blueprint: this.#options.blueprint,
      main: this.#main(),
      labs: this.#options.labs(),
      isDone: (labId) => this.#isDone(labId),
    })
  }

  async find(text: string): Promise<SearchHit[]> {
    const objectives = this.objectives().map((one) => {
      const { asks = '', commands = [] } = this.#sheet(one.id) ?? {}
      return { ...one, asks, commands }
    })
    return find(text, { labs: this.#options.labs(), objectives, questions: await this.#seen() })
  }

  /** Questions with answers that this person has seen. While a real exam runs there are none: its keys may be among them. */
  async #seen(): Promise<SeenQuestion[]> {
    const exams = await this.#options.exams()
    const all = await exams.all()
    if (all.some(({ attempt }) => isSitting(attempt))) return []
    const questions = new Map<string, SeenQuestion>()
    for (const stored of all.filter(({ attempt }) => attempt.endedBy !== null))
      for (const question of questionsOf(stored, exams)) questions.set(question.id, question)
    return [...questions.values()]
  }

  async #doneAttempts(): Promise<DoneAttempts> {
    const { exams, handsOn, blueprint } = this.#options
    const scores = this.#handsOnScores
    return await doneAttempts({ exams: await exams(), handsOn: await handsOn(), scores, blueprint })
  }

  #paths(attempts: DoneAttempts): PathView[] {
    const { files, blueprint, handsOnExams, labs } = this.#options
    const context: PathContext = {
      labs: labs(),
      isDone: (id) => this.#isDone(id),
      attempts,
      handsOn: new Map(handsOnExams.map(({ id, title, minutes }) => [id, { title, minutes }])),
      exam: blueprint.exam,
    }
    return files.paths.map((path) => pathView(path, files.paths, context))
  }

  /** The lab after this one in a path, or the first one that is left. The path that is followed comes first. */
  #next(labId: string): PractisedView['next'] {
    const followed = this.#options.followed()
    const paths = this.#paths(NOTHING_DONE)
    const inOrder = [
      ...paths.filter(({ id }) => id === followed),
      ...paths.filter(({ id }) => id !== followed),
    ]
    for (const { title: path, steps } of inOrder) {
      const labs = steps.filter(({ kind }) => kind === 'lab')
      const at = labs.findIndex(({ id }) => id === labId)
      if (at < 0) continue
      const left = [...labs.slice(at + 1), ...labs.slice(0, at)].filter(({ done }) => !done)
      const [next] = left
      if (next) return { id: next.id, title: next.title, path }
    }
    return null
  }

  #main() {
    return this.#options.files.paths.find(({ main }) => main)
  }

  #sheet(id: string): ObjectiveSheet | undefined {
    return this.#options.files.sheets.find((sheet) => sheet.id === id)
  }

  #isDone(labId: string): boolean {
    const labs = this.#options.labProgress()
    return Object.hasOwn(labs, labId) && labs[labId]?.completedAt != null
  }
}

/** The items of an attempt that is over, as far as they were looked at. */
function questionsOf({ attempt }: StoredExam, exams: Pick<ExamsService, 'item'>): SeenQuestion[] {
  return attempt.form.items.flatMap((item, index) => {
    const state = attempt.items[index]
    const text = item.text ?? exams.item(item.id)
    if (!text || !state || (state.time === 0 && !state.closed)) return []
    return { id: item.id, stem: text.stem, explanation: text.explanation }
  })
}
