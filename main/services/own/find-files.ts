/** Finds the files of questions in a folder of the person's, without looking further than anybody's questions go. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileProblem } from '../../../shared/files'
import { isNotThere } from '../../../shared/system/failures'

/** A file, and what changes when its content does. */
export interface FoundFile {
  /** Relative to the folder, with "/" on every system. */
  readonly file: string
  readonly stamp: string
}

export interface FoundFiles {
  readonly files: readonly FoundFile[]
  readonly problems: readonly FileProblem[]
}

export const MOST_FILES = 500
/** Files and folders that are looked at. */
const MOST_ENTRIES = 20_000
/** Folders in folders. */
const DEEPEST = 4
/** Bytes of all files. */
const MOST_BYTES = 50 * 1024 * 1024
/** A folder that lies beside files of questions and has none itself. */
export const PICTURES = 'pictures'

/** Folders whose names begin with a dot are left alone: another program has made them. A folder that is not there is empty. */
export async function findFiles(folder: string): Promise<FoundFiles> {
  const search = new Search(folder)
  await search.look('', 0)
  return { files: search.files.sort((a, b) => (a.file < b.file ? -1 : 1)), problems: search.problems }
}

class Search {
  readonly files: FoundFile[] = []
  readonly problems: FileProblem[] = []
  readonly #folder: string
  #entries = 0
  #bytes = 0
  #isFull = false

  constructor(folder: string) {
    this.#folder = folder
  }

  async look(path: string, depth: number): Promise<void> {
    const entries = await readdir(join(this.#folder, path), { withFileTypes: true }).catch(
      (error: unknown) => {
        if (!isNotThere(error))
          this.#tell(path || '.', 'This folder cannot be read.', 'See that you may read it.')
        return []
      },
    )
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (this.#isFull) return
      if (++this.#entries > MOST_ENTRIES) return this.#stop('has too many files.')
      const inside = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isFile() && /\.ya?ml$/.test(entry.name)) await this.#add(inside)
      else if (entry.isDirectory() && entry.name !== PICTURES && !entry.name.startsWith('.'))
        await this.#below(inside, depth + 1)
    }
  }

  async #below(path: string, depth: number): Promise<void> {
    if (depth <= DEEPEST) return await this.look(path, depth)
    this.#tell(path, `Folders are looked at ${DEEPEST} levels deep, and this one is deeper.`, 'Move it up.')
  }

  async #add(file: string): Promise<void> {
    // A file that has gone meanwhile is none.
    const found = await stat(join(this.#folder, file)).catch(() => null)
    if (!found) return
    this.#bytes += found.size
    if (this.files.length >= MOST_FILES) return this.#stop(`has more than ${MOST_FILES} files of questions.`)
    if (this.#bytes > MOST_BYTES) return this.#stop('has more than 50 MB of questions.')
    this.files.push({ file, stamp: `${found.size} ${found.mtimeMs} ${found.ino}` })
  }

  /** What was found so far is used. */
  #stop(why: string): void {
    this.#isFull = true
    this.#tell('.', `The folder ${why}`, 'The rest is not read. Move what you do not need to another folder.')
  }

  #tell(file: string, message: string, help: string): void {
    this.problems.push({ file, line: 1, column: 1, message, help, severity: 'error' })
  }
}
