/** Reads all labs of some folders. One bad lab never hides, slows or stops the others. */
import { readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'
import { mapLimit } from '../../shared/turns'
import { type LabResult, loadLab } from './load'
import { Reading, refused } from './reading'

/** The folder of the tasks of hands-on exams, beside the folders of the domains. */
export const TASKS = 'tasks'

/** Labs that are read at the same time: the content of all of them is in memory then. */
const AT_ONCE = 4

export interface CatalogueOptions {
  readonly signal?: AbortSignal | undefined
  /** The labs of the first folder, as <domain>/<id>, whose ids no other lab can take. */
  readonly shipped?: readonly string[]
  /** Reads one lab. */
  readonly read?: (folder: string, signal: AbortSignal) => Promise<LabResult>
  /** Reads what is in a folder of labs or domains. */
  readonly list?: (folder: string) => Promise<Folder[]>
  /**
   * Called with the whole catalogue each time when more of it has been read, for those who do not wait for a disk that
   * is slow or does not answer. Without it everything is waited for.
   */
  readonly onLate?: (results: LabResult[]) => void
}

/**
 * Every lab in <folder>/<domain>/<lab-id>, by folder and sorted by domain and id. Each id belongs to one folder, and
 * every task is in the folder of tasks: a lab that breaks these rules has a problem in place of its content, and so has
 * one that is still being read.
 * @throws the signal's reason
 */
export async function loadCatalogue(
  roots: string | readonly string[],
  { signal, shipped = [], read = loadLab, list = foldersIn, onLate }: CatalogueOptions = {},
): Promise<LabResult[]> {
  const shelves = [roots].flat().map((root) => new Shelf(root, { read, list }))
  const all = () => withRules(shelves, shipped)
  const reading = new Reading({ signal, ...(onLate && { onMore: () => onLate(all()) }) })
  for (const shelf of shelves) await shelf.fill(reading)
  if (!onLate) await reading.finished()
  return all()
}

type Readers = Required<Pick<CatalogueOptions, 'read' | 'list'>>

/** The labs of one folder, as far as they have been read. */
class Shelf {
  readonly #root: string
  readonly #readers: Readers
  /** By the path of the lab's folder. A folder of labs is here while it cannot be read. */
  readonly #results = new Map<string, LabResult>()

  constructor(root: string, readers: Readers) {
    this.#root = root
    this.#readers = readers
  }

  /** Sorted by domain and id. */
  get results(): LabResult[] {
    const key = (path: string) => path.split(sep).join('\0')
    return [...this.#results].sort(([a], [b]) => (key(a) < key(b) ? -1 : 1)).map(([, result]) => result)
  }

  async fill(reading: Reading): Promise<void> {
    await this.#list(reading, this.#root, async (domains) => {
      for (const { path, isLink } of domains) {
        if (isLink) await this.#lab(reading, path)
        else await this.#list(reading, path, (labs) => this.#labs(reading, labs))
      }
    })
  }

  async #list(reading: Reading, path: string, put: (found: Folder[]) => Promise<void>): Promise<void> {
    await reading.read(path, {
      read: () => this.#readers.list(path),
      put: async (found) => {
        this.#results.delete(path)
        await put(found)
      },
      fail: (result) => void this.#results.set(path, result),
    })
  }

  async #labs(reading: Reading, labs: readonly Folder[]): Promise<void> {
    await mapLimit(labs, AT_ONCE, ({ path }) => this.#lab(reading, path))
  }

  async #lab(reading: Reading, path: string): Promise<void> {
    const keep = (result: LabResult) => void this.#results.set(path, result)
    await reading.read(path, { read: (ends) => this.#readers.read(path, ends), put: keep, fail: keep })
  }
}

interface Folder {
  readonly path: string
  readonly isLink: boolean
}

/** Folders and links. A link is not followed, but its author is told. */
export async function foldersIn(path: string): Promise<Folder[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map((entry) => ({ path: join(path, entry.name), isLink: entry.isSymbolicLink() }))
}

/** The labs of all folders, by the rules between them. The labs that ship are in the first one. */
function withRules(shelves: readonly Shelf[], shipped: readonly string[]): LabResult[] {
  const [ours = [], ...others] = shelves.map(({ results }) => results)
  const results = [ours, ...others].flat()
  const ships = new Set(ours.filter((one) => shipped.includes(nameOf(one))))
  return results.map((result) => byRules(result, results, ships))
}

function byRules(result: LabResult, all: readonly LabResult[], shipping: ReadonlySet<LabResult>): LabResult {
  const ships = (one: LabResult) => shipping.has(one)
  const others = all.filter((one) => one !== result && one.id === result.id)
  const other = others.find(ships) ?? others[0]
  if (other && !ships(result)) {
    const owner = ships(other) ? 'of a lab that ships with Capstan' : `of ${nameOf(other)} too`
    return refused(result, `The id "${result.id}" is the id ${owner}.`, 'Give the folder a name of its own.')
  }
  if (result.lab?.kind === 'task' && result.domain !== TASKS)
    return refused(result, `A task is in the folder ${TASKS}.`, `Move the folder to labs/${TASKS}/.`)
  return result
}

function nameOf({ domain, id }: LabResult): string {
  return `${domain}/${id}`
}
