/** The catalogue: labs from disk with the student's progress. */
import { join } from 'node:path'
import {
  CapstanError,
  type LabResult,
  type LoadedLab,
  loadCatalogue,
  missingCapabilities,
  type OuterEngine,
  problemText,
  type SessionManager,
} from '../../../engine'
import type { LabDetail, LabSummary } from '../../api'
import type { Store } from '../../store'

/** Folder of the tasks, beside those of the domains. */
const TASKS = 'tasks'

export interface LabsOptions {
  readonly resources: string
  readonly store: Store
}

export class LabsService {
  readonly #options: LabsOptions
  #results: readonly LabResult[] = []

  constructor(options: LabsOptions) {
    this.#options = options
  }

  async load(): Promise<void> {
    this.#results = await loadCatalogue(join(this.#options.resources, 'labs'))
  }

  /** The labs of the catalogue; the tasks of hands-on exams are not among them. */
  loaded(): LoadedLab[] {
    return this.all().filter(({ kind }) => kind === 'lab')
  }

  /** What hands-on exams are made of. */
  tasks(): LoadedLab[] {
    return this.all().filter(({ kind }) => kind === 'task')
  }

  /** Everything that a session can be of. */
  all(): LoadedLab[] {
    return this.#results.flatMap(({ lab }) => (lab ? [lab] : []))
  }

  /** @throws CapstanError `not-found` for what is not in the catalogue, such as a task */
  mustTeach(labId: string): void {
    if (this.tasks().some(({ id }) => id === labId))
      throw new CapstanError('not-found', `There is no lab called "${labId}".`, {
        help: 'Choose one from the catalogue.',
      })
  }

  summaries(engine: OuterEngine | null, sessions: SessionManager | null): LabSummary[] {
    return this.#results
      .filter(isOfCatalogue)
      .map((result) => (result.lab ? this.#summary(result.lab, engine, sessions) : broken(result)))
  }

  detail(labId: string, engine: OuterEngine | null, sessions: SessionManager | null): LabDetail {
    const lab = this.loaded().find(({ id }) => id === labId)
    if (!lab) {
      const problem = this.#results.find(({ id }) => id === labId)?.problems[0]
      if (problem)
        throw new CapstanError('lab-invalid', `labs/…/${labId}/${problemText(problem)}`, {
          help: problem.help,
        })
      throw new CapstanError('not-found', `There is no lab called "${labId}".`, {
        help: 'Choose one from the catalogue.',
      })
    }
    const steps = lab.steps.map(({ id, title, markdown, hints, solution }) => ({
      id,
      title,
      markdown,
      hintCount: hints.length,
      hasSolution: solution.length > 0,
    }))
    return { ...this.#summary(lab, engine, sessions), steps }
  }

  #summary(lab: LoadedLab, engine: OuterEngine | null, sessions: SessionManager | null): LabSummary {
    const { id, title, summary, domain, objectives, difficulty, minutes, requires } = lab
    const progress = this.#options.store.progress()[id]
    return {
      ...{ id, title, summary, domain, difficulty, minutes },
      objectives: [...objectives],
      requires: [...requires],
      missing: engine ? missingCapabilities(engine, lab) : [],
      nodes: lab.nodes.map(({ name }) => name),
      stepCount: lab.steps.length,
      stepsDone: progress?.stepsDone ?? 0,
      completedAt: progress?.completedAt ?? null,
      sessionId: sessions?.list().find((session) => session.lab.id === id)?.id ?? null,
      problem: null,
    }
  }
}

/** Files that cannot be read are told apart by where they are. */
function isOfCatalogue({ lab, domain }: LabResult): boolean {
  return lab ? lab.kind === 'lab' : domain !== TASKS
}

/** A lab that cannot be used is shown all the same, with what to correct. */
function broken({ id, domain, problems }: LabResult): LabSummary {
  const [first] = problems
  return {
    id,
    title: id,
    summary: 'This lab cannot be opened until its files are corrected.',
    domain,
    objectives: [],
    difficulty: 'easy',
    minutes: 1,
    requires: [],
    missing: [],
    nodes: [],
    stepCount: 0,
    stepsDone: 0,
    completedAt: null,
    sessionId: null,
    problem: {
      code: 'lab-invalid',
      message: first ? problemText({ ...first, help: '' }) : 'Unknown problem.',
      help: first?.help ?? null,
    },
  }
}
