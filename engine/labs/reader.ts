/** Reads the files of one lab, and collects what is wrong with them. */
import { readFile, realpath, stat } from 'node:fs/promises'
import { basename, relative, resolve } from 'node:path'
import type { FileProblem, Place, YamlSource } from '../../shared/files'

export const LAB_FILE = 'lab.yaml'
const LARGEST_FILE = 1024 * 1024

/** Reads the files that lab.yaml names, and refuses those outside the lab's folder. */
export class LabReader {
  readonly problems: FileProblem[] = []
  readonly #folder: string
  #source: YamlSource | null = null

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Lets problems from now on name the line of lab.yaml. */
  locate(source: YamlSource): void {
    this.#source = source
  }

  /** Notes a problem at a place of lab.yaml. */
  fail(place: Place, message: string, help: string): null {
    const problem = this.#source?.problem(place, message, { help })
    this.problems.push(problem ?? { file: LAB_FILE, line: 1, column: 1, message, help, severity: 'error' })
    return null
  }

  /** The real path of a file of the lab, or null with a problem noted. */
  async path(file: string, place: Place): Promise<string | null> {
    const path = resolve(this.#folder, file)
    const real = await realpath(path).catch(() => null)
    const home = await realpath(this.#folder).catch(() => this.#folder)
    if (relative(this.#folder, path).startsWith('..') || (real && relative(home, real).startsWith('..'))) {
      return this.fail(place, `"${file}" leads out of the lab's folder.`, 'A lab may only use its own files.')
    }
    return (
      real ??
      this.fail(
        place,
        `The file "${file}" does not exist.`,
        `Create it in ${basename(this.#folder)}/, or take it out of lab.yaml.`,
      )
    )
  }

  /** The text of a file of the lab, or null with a problem noted. */
  async text(file: string, place: Place = []): Promise<string | null> {
    const path = await this.path(file, place)
    if (path === null) return null
    const { size } = await stat(path)
    if (size > LARGEST_FILE) return this.fail(place, `"${file}" is larger than 1 MB.`, 'Make it smaller.')
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
    } catch {
      return this.fail(place, `"${file}" is not text in UTF-8.`, 'Save it as UTF-8.')
    }
  }
}
