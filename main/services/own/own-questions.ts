/** The person's own questions: what is in their folder now. Files that have not changed are not read again. */
import { type Bank, bankOf, type Item, nameInFile } from '../../../exam'
import { CapstanError } from '../../../shared/errors'
import type { FileProblem } from '../../../shared/files'
import { within } from '../../../shared/system/wait'
import { type FoundFile, findFiles } from './find-files'
import type { OwnFile } from './jobs'
import { missingPictures } from './missing-pictures'
import { runInThread } from './run-thread'

/** Milliseconds for all files that have changed. Whoever opens the exams waits for them. */
const READ_LIMIT_MS = 10_000
/** Milliseconds to list the folder, which may lie on another machine. */
const FIND_LIMIT_MS = 5_000
const MOST_ITEMS = 10_000
/** Characters of all items as JSON. They stay in memory. */
const MOST_TEXT = 50_000_000
/** More of them help nobody. */
const MOST_PROBLEMS = 200

export interface OwnQuestionsOptions {
  /** The folder may be another one the next time. */
  readonly folder: () => string
  /** Whether the house has an item or a template of this name. */
  readonly isTaken: (name: string) => boolean
  /** The domain of an objective. */
  readonly domainOf: (objective: string) => string
}

export interface OwnContent {
  readonly folder: string
  readonly bank: Bank
  /** Each file with items, and how many it has; a template counts as one. */
  readonly files: readonly { readonly file: string; readonly items: number }[]
}

interface Known {
  readonly stamp: string
  readonly read: OwnFile
}

export class OwnQuestions {
  readonly #options: OwnQuestionsOptions
  #content: OwnContent
  /** What was read of each file, by its name. */
  #known: ReadonlyMap<string, Known> = new Map()
  #problems: readonly FileProblem[] = []
  #reading: Promise<OwnContent> | null = null

  constructor(options: OwnQuestionsOptions) {
    this.#options = options
    this.#content = {
      folder: options.folder(),
      bank: bankOf({ items: [], templates: [], problems: [] }),
      files: [],
    }
  }

  /** An item as it was read the last time. */
  item(id: string): Item | undefined {
    return this.#content.bank.item(id)
  }

  /** What is in the folder now. Files that cannot be used are problems of the bank: it never throws. */
  async read(): Promise<OwnContent> {
    this.#reading ??= this.#readNow().finally(() => {
      this.#reading = null
    })
    return await this.#reading
  }

  async #readNow(): Promise<OwnContent> {
    const folder = this.#options.folder()
    if (folder !== this.#content.folder) this.#known = new Map()
    this.#problems = []
    try {
      const found = await within(() => findFiles(folder), {
        limitMs: FIND_LIMIT_MS,
        waitsFor: 'the list of your own questions',
      })
      this.#problems = found.problems
      await this.#readChanged(folder, found.files)
      const read = [...this.#known.values()].map((known) => known.read)
      const missing = await within(() => missingPictures(folder, read), {
        limitMs: FIND_LIMIT_MS,
        waitsFor: 'the list of your own pictures',
      })
      this.#problems = [...this.#problems, ...missing]
    } catch (error) {
      this.#problems = [...this.#problems, problemOf('.', error)]
    }
    this.#content = this.#assembled(folder)
    return this.#content
  }

  async #readChanged(folder: string, files: readonly FoundFile[]): Promise<void> {
    const known = new Map<string, Known>()
    for (const { file, stamp } of files) {
      const before = this.#known.get(file)
      if (before?.stamp === stamp) known.set(file, before)
    }
    // What was read before the limit is used.
    this.#known = known
    const changed = files.filter(({ file }) => !known.has(file))
    const [first] = changed
    if (!first) return
    const before = known.size
    try {
      await readFiles(folder, changed, known)
    } catch (error) {
      // A file that alone is too much is not tried at each look, and the next look goes on behind it.
      if (known.size === before && sizeOf(known) < MOST_TEXT) known.set(first.file, unreadable(first, error))
      else throw error
    }
  }

  #assembled(folder: string): OwnContent {
    const own = new Assembly(this.#options)
    for (const [, { read }] of [...this.#known].sort(([a], [b]) => (a < b ? -1 : 1))) own.add(read)
    const { items, templates, files } = own
    const problems = [...this.#problems, ...own.problems].slice(0, MOST_PROBLEMS)
    return { folder, files, bank: bankOf({ items, templates, problems }) }
  }
}

/**
 * Reads files in a thread, and keeps each one as it comes.
 * @throws CapstanError `bad-input` when they have too much text or need too much memory, `engine-timeout`
 */
async function readFiles(
  folder: string,
  changed: readonly FoundFile[],
  known: Map<string, Known>,
): Promise<void> {
  const stamps = new Map(changed.map(({ file, stamp }) => [file, stamp]))
  const enough = new AbortController()
  const endWhenFull = () => {
    if (sizeOf(known) >= MOST_TEXT) enough.abort()
  }
  endWhenFull()
  await runInThread(
    { kind: 'files', folder, files: changed.map(({ file }) => file) },
    {
      limitMs: READ_LIMIT_MS,
      signal: enough.signal,
      onReport: (report) => {
        if (report.kind !== 'file' || enough.signal.aborted) return
        known.set(report.file.file, { stamp: stamps.get(report.file.file) ?? '', read: report.file })
        endWhenFull()
      },
    },
  ).catch((error: unknown) => {
    if (!enough.signal.aborted) throw error
    throw new CapstanError('bad-input', 'Your questions have more text than is read.', { cause: error })
  })
}

function sizeOf(known: ReadonlyMap<string, Known>): number {
  return [...known.values()].reduce((sum, { read }) => sum + read.size, 0)
}

function unreadable({ file, stamp }: FoundFile, error: unknown): Known {
  const problems = [problemOf(file, error)]
  return { stamp, read: { file, items: [], templates: [], problems, lines: [], pictures: [], size: 0 } }
}

/** Puts files together. An item whose name is taken is told and left out. */
class Assembly {
  readonly items: Item[] = []
  readonly templates: { readonly id: string; readonly items: readonly Item[] }[] = []
  readonly files: { readonly file: string; readonly items: number }[] = []
  readonly problems: FileProblem[] = []
  readonly #options: Pick<OwnQuestionsOptions, 'isTaken' | 'domainOf'>
  /** Where each name was used first. */
  readonly #names = new Map<string, string>()
  #count = 0

  constructor(options: Pick<OwnQuestionsOptions, 'isTaken' | 'domainOf'>) {
    this.#options = options
  }

  add(read: OwnFile): void {
    const items = read.items.filter((item) => this.#admits(item, read)).map((item) => this.#placed(item))
    const templates = read.templates
      .filter(({ items: [first] }) => first && this.#admits(first, read))
      .map(({ id, items: made }) => ({ id, items: made.map((item) => this.#placed(item)) }))
    this.items.push(...items)
    this.templates.push(...templates)
    this.problems.push(...read.problems)
    const count = items.length + templates.length
    if (count > 0) this.files.push({ file: read.file, items: count })
  }

  #admits(item: Item, { file, lines }: OwnFile): boolean {
    const name = nameInFile(item)
    const line = lines[item.place.index] ?? 1
    const before = this.#names.get(name)
    const tell = (message: string, help: string) => {
      this.problems.push({ file, line, column: 1, message, help, severity: 'error' })
      return false
    }
    if (item.kind === 'command')
      return tell(
        'A command item runs a set-up on a node, and nobody has agreed to that of your own questions.',
        'Ask for the command as a choice, or make a lab of it.',
      )
    if (this.#options.isTaken(name))
      return tell(`Capstan's own bank has a question called "${name}".`, 'Give yours another id.')
    if (before !== undefined)
      return tell(`A question called "${name}" is in ${before} already.`, 'Give one of them another id.')
    if (this.#count >= MOST_ITEMS)
      return tell(`Only the first ${MOST_ITEMS} questions are used.`, 'Move some to another folder.')
    this.#count++
    this.#names.set(name, `${file}:${line}`)
    return true
  }

  /** A folder of the person's says nothing of the domain, but the objective does. */
  #placed(item: Item): Item {
    return { ...item, domain: this.#options.domainOf(item.objectives[0] ?? '') }
  }
}

function problemOf(file: string, error: unknown): FileProblem {
  const message = error instanceof Error ? error.message : String(error)
  const help = 'Some questions are missing. Look again, divide large files, or move some to another folder.'
  return { file, line: 1, column: 1, message, help, severity: 'error' }
}
