/** The catalogue: labs from disk, with the student's progress and the session in which each is open. */
import { type LabResult, type LoadedLab, problemText } from '../../../engine'
import { CapstanError } from '../../../shared/errors'
import { coalesce, Observable } from '../../../shared/observable'
import type { LabConsent, LabDetail, LabSummary } from '../../api'
import { continueAt } from './continue-at'
import { LabProgressKeeper, type LabProgressOptions } from './lab-progress'
import type { Session, Sessions } from './sessions'

/** The folder of the tasks of hands-on exams, beside the folders of the domains. */
const TASKS = 'tasks'

export interface LabsOptions extends LabProgressOptions {
  /** Reads the labs from disk. */
  readonly read: (options: ReadOptions) => Promise<readonly LabResult[]>
  /** Names the capabilities that a lab needs and the engine lacks; none while there is no engine. */
  readonly missing: (lab: LoadedLab) => readonly string[]
  /** Which labs ask the person before they may run. */
  readonly trust: LabTrust
  /** Null while there is no engine. */
  readonly sessions: () => Pick<Sessions, 'list' | 'expect'> | null
}

export interface ReadOptions {
  readonly signal: AbortSignal | undefined
  /** Takes all labs again each time when more of them have been read. */
  readonly onLate: (results: readonly LabResult[]) => void
}

export interface LabTrust {
  /** Null for a lab that may run. */
  consentFor(lab: LoadedLab): LabConsent | null
  /** @throws CapstanError `lab-changed` */
  allow(lab: LoadedLab, hash: string): Promise<void>
}

export class LabsService {
  /** The whole catalogue, as the page shows it. */
  readonly summaries = new Observable<readonly LabSummary[]>([])
  /** Something that the summaries show may have changed. */
  readonly changed = coalesce(() => this.summaries.set(this.list()))
  readonly #options: LabsOptions
  readonly #progress: LabProgressKeeper
  #results: readonly LabResult[] = []
  #begin: (loading: Promise<void>) => void = () => undefined
  readonly #loading = new Promise<void>((resolve) => {
    this.#begin = resolve
  })

  constructor(options: LabsOptions) {
    this.#options = options
    this.#progress = new LabProgressKeeper(options)
    // Whoever loads them hears of a failure, also when nobody waits for them.
    this.#loading.catch(() => undefined)
  }

  /** Reads the labs. Those on a disk that is slow come later. @throws the signal's reason */
  async load(signal?: AbortSignal): Promise<void> {
    const reading = this.#read(signal)
    this.#begin(reading)
    await reading
  }

  /** Waits until the labs have been read for the first time. @throws what `load` has thrown */
  async loaded(): Promise<void> {
    await this.#loading
  }

  async #read(signal: AbortSignal | undefined): Promise<void> {
    this.#show(await this.#options.read({ signal, onLate: (results) => this.#show(results) }))
  }

  #show(results: readonly LabResult[]): void {
    this.#results = results
    this.summaries.set(this.list())
  }

  /** Everything that can have a session: labs and tasks. */
  all(): LoadedLab[] {
    return this.#results.flatMap(({ lab }) => lab ?? [])
  }

  /** The labs of the catalogue; the tasks of hands-on exams are not among them. */
  labs(): LoadedLab[] {
    return this.all().filter(({ kind }) => kind === 'lab')
  }

  /** The tasks of hands-on exams. */
  tasks(): LoadedLab[] {
    return this.all().filter(({ kind }) => kind === 'task')
  }

  list(): LabSummary[] {
    return this.#results
      .filter(isInCatalogue)
      .map((result) => (result.lab ? this.#summary(result.lab) : brokenLab(result, this.#cardId(result))))
  }

  /** A lab with its steps. @throws CapstanError `not-found`, `lab-invalid` when its files are broken */
  detail(labId: string): LabDetail {
    const lab = this.labs().find(({ id }) => id === labId)
    if (!lab) throw this.#reasonWhyNot(labId)
    const done = this.#progress.stepsDone(lab)
    const steps = lab.steps.map(({ id, title, markdown, hints, solution }) => ({
      id,
      title,
      markdown,
      hintCount: hints.length,
      hasSolution: solution.length > 0,
      done: done.includes(id),
    }))
    return { ...this.#summary(lab), steps }
  }

  /** Keeps the person's consent to a lab. @throws CapstanError `not-found`, `lab-changed` */
  async allow(labId: string, hash: string): Promise<void> {
    const lab = this.all().find(({ id }) => id === labId)
    if (!lab) throw noSuchLab(labId)
    await this.#options.trust.allow(lab, hash)
    this.summaries.set(this.list())
  }

  /** Tasks are begun by their exam alone. @throws CapstanError `not-found` */
  refuseTask(id: string): void {
    if (this.tasks().some((task) => task.id === id)) throw noSuchLab(id)
  }

  /** Somebody looks at a lab, and will probably start it. */
  looksAt({ id, sessionId }: Pick<LabSummary, 'id' | 'sessionId'>): void {
    if (!sessionId) this.#options.sessions()?.expect(id)
  }

  /** Has nodes made ready before a lab is chosen. Most labs have one node, so any of these will do. */
  warmUp(): void {
    const sessions = this.#options.sessions()
    const open = new Set(sessions?.list().map(({ lab }) => lab.id))
    const first = this.labs().find(({ id, nodes }) => nodes.length === 1 && !open.has(id))
    if (first) sessions?.expect(first.id)
  }

  /** Keeps how far the student is in a session, and shows it. */
  async sessionChanged(session: Session): Promise<void> {
    this.changed()
    const isSaved = session.lab.kind === 'lab' && (await this.#progress.keep(session.snapshot()))
    if (isSaved) this.changed()
  }

  #reasonWhyNot(labId: string): CapstanError {
    const result = this.#results.find((one) => this.#cardId(one) === labId)
    const problem = result?.problems[0]
    if (!problem) return noSuchLab(labId)
    const place = `labs/${result.domain}/${result.id}/${problemText({ ...problem, help: '' })}`
    return new CapstanError('lab-invalid', place, { help: problem.help })
  }

  /** An id belongs to one lab. Another folder of that name is shown by its domain too. */
  #cardId(result: LabResult): string {
    const isTaken = this.#results.some((other) => other !== result && other.id === result.id)
    return isTaken ? `${result.domain}.${result.id}` : result.id
  }

  #summary(lab: LoadedLab): LabSummary {
    const { id, title, summary, domain, objectives, difficulty, minutes, requires, engine } = lab
    const { missing, sessions, trust } = this.#options
    const { stepsDone, completedAt } = this.#progress.of(id)
    return {
      id,
      title,
      summary,
      domain,
      objectives,
      difficulty,
      minutes,
      requires,
      engine,
      missing: missing(lab),
      nodes: lab.nodes.map(({ name }) => name),
      stepCount: lab.steps.length,
      stepsDone,
      completedAt,
      continueAt: completedAt === null ? continueAt(lab.steps, this.#progress.stepsDone(lab)) : null,
      sessionId:
        sessions()
          ?.list()
          .find((session) => session.lab.id === id)?.id ?? null,
      consent: trust.consentFor(lab),
      problem: null,
    }
  }
}

/** Files that cannot be read do not say what they are; their folder does. */
function isInCatalogue({ lab, domain }: LabResult): boolean {
  return lab ? lab.kind === 'lab' : domain !== TASKS
}

function noSuchLab(id: string): CapstanError {
  return new CapstanError('not-found', `There is no lab called "${id}".`, {
    help: 'Choose one from the catalogue.',
  })
}

/** A lab that cannot be used is shown all the same, with what to correct. */
function brokenLab({ id: name, domain, problems }: LabResult, id: string): LabSummary {
  const [first] = problems
  return {
    id,
    title: name,
    summary: 'This lab cannot be opened until its files are corrected.',
    domain,
    objectives: [],
    difficulty: 'easy',
    minutes: 1,
    requires: [],
    engine: null,
    missing: [],
    nodes: [],
    stepCount: 0,
    stepsDone: 0,
    completedAt: null,
    continueAt: null,
    sessionId: null,
    consent: null,
    problem: {
      code: 'lab-invalid',
      message: first ? problemText({ ...first, help: '' }) : 'Unknown problem.',
      help: first?.help ?? null,
    },
  }
}
