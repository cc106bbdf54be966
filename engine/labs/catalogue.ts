/** Reads all labs of some folders. One bad lab never hides, slows or stops the others. */
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { mapLimit } from '../../shared/turns'
import { type LabResult, loadLab, printable } from './load'
import { LAB_FILE } from './reader'

/** The folder of the tasks of hands-on exams, beside the folders of the domains. */
export const TASKS = 'tasks'

/** Labs are small: what takes longer is a disk or a network that does not answer. */
const LIMIT_MS = 10_000
/** Labs that are read at the same time: the content of all of them is in memory then. */
const AT_ONCE = 4

export interface CatalogueOptions {
  readonly signal?: AbortSignal | undefined
  /** The labs of the first folder, as <domain>/<id>, whose ids no other lab can take. */
  readonly shipped?: readonly string[]
  /** Reads one lab. */
  readonly read?: (folder: string, signal: AbortSignal) => Promise<LabResult>
}

/**
 * Every lab in <folder>/<domain>/<lab-id>, by folder and sorted by domain and id. Each id belongs to one folder, and every task is in
 * the folder of tasks: a lab that breaks these rules has a problem in place of its content.
 * @throws the signal's reason
 */
export async function loadCatalogue(
  roots: string | readonly string[],
  { signal, shipped = [], read = loadLab }: CatalogueOptions = {},
): Promise<LabResult[]> {
  const [first = '', ...others] = [roots].flat()
  const ours = await labFoldersIn(first)
  const folders = [ours, ...(await Promise.all(others.map(labFoldersIn)))].flat()
  const results = await mapLimit(folders, AT_ONCE, (folder) => readInTime(folder, read, signal))
  const ships = new Set(results.slice(0, ours.length).filter((one) => shipped.includes(nameOf(one))))
  return results.map((result) => withRules(result, results, ships))
}

async function labFoldersIn(root: string): Promise<string[]> {
  const folders: string[] = []
  for (const { name, isLink } of await foldersIn(root)) {
    if (isLink) folders.push(join(root, name))
    else for (const lab of await foldersIn(join(root, name))) folders.push(join(root, name, lab.name))
  }
  return folders
}

interface Folder {
  readonly name: string
  readonly isLink: boolean
}

/** Folders and links, sorted by name. A link is not followed, but its author is told. */
async function foldersIn(path: string): Promise<Folder[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => [])
  return entries
    .filter((entry) => (entry.isDirectory() || entry.isSymbolicLink()) && !entry.name.startsWith('.'))
    .map((entry) => ({ name: entry.name, isLink: entry.isSymbolicLink() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** Reads one lab within its time, and turns any failure into a problem of this lab. */
async function readInTime(
  folder: string,
  read: NonNullable<CatalogueOptions['read']>,
  signal?: AbortSignal,
): Promise<LabResult> {
  signal?.throwIfAborted()
  const limit = AbortSignal.timeout(LIMIT_MS)
  const ends = signal ? AbortSignal.any([signal, limit]) : limit
  const ended = new Promise<never>((_resolve, reject) => {
    if (ends.aborted) reject(ends.reason)
    ends.addEventListener('abort', () => reject(ends.reason), { once: true })
  })
  try {
    // A system call that hangs cannot be cancelled, so it is not waited for either.
    return await Promise.race([read(folder, ends), ended])
  } catch (error) {
    signal?.throwIfAborted()
    const reason = limit.aborted
      ? `This lab could not be read within ${LIMIT_MS / 1000} s.`
      : `This lab could not be read: ${error instanceof Error ? error.message : error}.`
    const unread = {
      id: printable(basename(folder)),
      domain: printable(basename(dirname(folder))),
      directory: folder,
      lab: null,
      problems: [],
    }
    return refused(unread, reason, 'Check the disk that it is on.')
  }
}

function withRules(
  result: LabResult,
  all: readonly LabResult[],
  shipping: ReadonlySet<LabResult>,
): LabResult {
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

function refused(result: LabResult, message: string, help: string): LabResult {
  const problem = { file: LAB_FILE, line: 1, column: 1, message, help, severity: 'error' as const }
  return { ...result, lab: null, problems: [problem, ...result.problems] }
}
