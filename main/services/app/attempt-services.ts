/** What attempts are made, kept and counted with. Each is opened when it is first asked for: most starts need none. */
import { join } from 'node:path'
import type { LoadedLab } from '../../../engine'
import { nameInFile, parseHandsOn, representatives } from '../../../exam'
import { JournalFolder, type Store } from '../../store'
import { ExamRoom } from '../attempts'
import { type LoadedBank, loadBank, loadBlueprint, readHandsOn } from '../bank'
import { ExamEntry, ExamsService } from '../exams'
import { ExchangeService } from '../exchange'
import { HandsOnEntry, HandsOnService } from '../hands-on'
import type { LabsService, Sessions } from '../labs'
import { MarksService } from '../marks'
import { OwnQuestions } from '../own'
import { loadPathFiles, PathService } from '../path'
import { ProgressService } from '../progress'
import { TransferService } from '../transfer'
import { Lazy } from './lazy'
import type { Log } from './log'

export interface AttemptServicesOptions {
  /** Folder with the questions and the blueprint. */
  readonly resources: string
  readonly store: Store
  readonly now: (() => Date) | undefined
  readonly labs: Pick<LabsService, 'labs' | 'tasks' | 'changed'>
  /** Names what a lab needs and the engine lacks. */
  readonly missing: (lab: LoadedLab) => readonly string[]
  readonly sessions: () => Sessions | null
  readonly log: Pick<Log, 'error'>
  readonly warn: (message: string, help?: string | null) => void
}

export class AttemptServices {
  readonly exams = new Lazy(() => this.#openExams())
  readonly handsOn = new Lazy(() => this.#openHandsOn())
  readonly progress = new Lazy(() => this.#openProgress())
  readonly marks = new Lazy(
    async () => new MarksService({ exams: await this.exams.get(), marks: this.#options.store.marks }),
  )
  readonly path = new Lazy(() => this.#openPath())
  readonly transfer = new Lazy(async () => {
    const { store, labs, now } = this.#options
    const [exams, handsOn] = [await this.exams.get(), await this.handsOn.get()]
    return new TransferService({ exams, handsOn, room: this.#room, store, onLabs: () => labs.changed(), now })
  })
  readonly exchange = new Lazy(async () => {
    const exams = await this.exams.get()
    const own = await this.#own.get()
    return new ExchangeService({
      exams,
      own,
      room: this.#room,
      questions: join(this.#options.resources, 'questions'),
    })
  })
  readonly #bank = new Lazy(() => loadBank(this.#options.resources))
  readonly #own = new Lazy(async () => {
    const own = ownQuestions(await this.#bank.get(), () => this.#ownFolder())
    // Reviews of them are there from the beginning.
    await own.read()
    return own
  })
  readonly #options: AttemptServicesOptions
  readonly #room = new ExamRoom(async () => [
    ...(await (await this.exams.get()).sitting()),
    ...(await (await this.handsOn.get()).sitting()),
  ])

  constructor(options: AttemptServicesOptions) {
    this.#options = options
  }

  /** Saves what was opened. */
  async dispose(): Promise<void> {
    const [exams, handsOn] = await Promise.all([this.exams.ifOpen(), this.handsOn.ifOpen()])
    await Promise.all([exams?.dispose(), handsOn?.dispose()])
  }

  async #openExams(): Promise<ExamsService> {
    const { store, labs, sessions, log, warn } = this.#options
    return new ExamsService({
      bank: await this.#bank.get(),
      own: await this.#own.get(),
      journals: new JournalFolder({
        folder: join(store.folder, 'attempts'),
        entry: ExamEntry,
        onCorrupt: (message) => warn(message),
      }),
      nodes: { sessions, onError: (message, error) => log.error(message, error) },
      room: this.#room,
      labs: () => labs.labs(),
      passMark: () => store.settings().passMark,
      onProblem: warn,
    })
  }

  /** The folder of the person's own questions. */
  #ownFolder(): string {
    const { store } = this.#options
    return store.settings().questionsFolder || join(store.folder, 'questions')
  }

  async #openHandsOn(): Promise<HandsOnService> {
    const { resources, store, labs, missing, sessions, log, warn } = this.#options
    const files = await readHandsOn(resources)
    return new HandsOnService({
      exams: files.map(({ file, text }) => ({ file, ...parseHandsOn(text, file) })),
      blueprint: await loadBlueprint(resources),
      journals: new JournalFolder({
        folder: join(store.folder, 'hands-on'),
        entry: HandsOnEntry,
        onCorrupt: (message) => warn(message),
      }),
      room: this.#room,
      tasks: () => labs.tasks(),
      labs: () => labs.labs(),
      missing,
      sessions,
      onError: (message, error) => log.error(message, error),
      onProblem: warn,
    })
  }

  async #openProgress(): Promise<ProgressService> {
    const { store, now, labs } = this.#options
    const exams = await this.exams.get()
    // A real exam whose time ran out while the app was away is ended first: it hides nothing any more.
    await exams.sitting()
    return new ProgressService({
      exams,
      handsOn: await this.handsOn.get(),
      labs: () => labs.labs(),
      tasks: () => labs.tasks(),
      labProgress: () => store.progress(),
      passMark: () => store.settings().passMark,
      now,
    })
  }

  async #openPath(): Promise<PathService> {
    const { resources, store, labs } = this.#options
    const handsOn = await readHandsOn(resources)
    return new PathService({
      files: await loadPathFiles(resources),
      blueprint: await loadBlueprint(resources),
      handsOnExams: handsOn.flatMap(({ file, text }) => parseHandsOn(text, file).exam ?? []),
      labs: () => labs.labs(),
      labProgress: () => store.progress(),
      exams: () => this.exams.get(),
      handsOn: () => this.handsOn.get(),
      followed: () => store.settings().followedPath,
      placement: () => store.settings().placement,
      keepPlacement: (placement) => store.updateSettings((settings) => ({ ...settings, placement })),
    })
  }
}

function ownQuestions({ bank, blueprint }: LoadedBank, folder: () => string): OwnQuestions {
  const names = new Set(representatives(bank).map(nameInFile))
  return new OwnQuestions({
    folder,
    isTaken: (name) => names.has(name),
    domainOf: (objective) =>
      blueprint.domains.find(({ prefix }) => objective.startsWith(`${prefix}-`))?.id ?? '',
  })
}
