/** Takes the files of one lab out of its folder's tree, and collects what is wrong with them. */
import { basename, posix } from 'node:path'
import { type FileProblem, normalized, type Place, unseenProblem, type YamlSource } from '../../shared/files'
import { hashOfTree, subtree, type Tree, type TreeFlaw } from '../lab-folders'

export const LAB_FILE = 'lab.yaml'
/** Bytes. All are more than four times what the largest lab has. */
export const LARGEST = {
  [LAB_FILE]: 64 * 1024,
  /** Texts and hints: what a page can lay out at once, whatever it says. */
  markdown: 32 * 1024,
  script: 256 * 1024,
} as const

/** Finds the files that lab.yaml names, and refuses those outside the lab's folder. */
export class LabReader {
  readonly problems: FileProblem[] = []
  readonly #folder: string
  readonly #tree: Tree
  readonly #told = new Set<TreeFlaw>()
  #source: YamlSource | null = null

  constructor(folder: string, tree: Tree) {
    this.#folder = folder
    this.#tree = tree
  }

  /** Lets problems from now on name the line of lab.yaml. */
  locate(source: YamlSource): void {
    this.#source = source
  }

  /** Notes a problem at a place of lab.yaml. */
  fail(place: Place, message: string, help: string): null {
    const problem = this.#source?.problem(place, message, { help })
    this.problems.push(problem ?? atBegin(LAB_FILE, message, help))
    return null
  }

  /** Notes a problem of the whole lab, before all others. */
  failWhole(message: string, help: string): void {
    this.problems.unshift(atBegin(LAB_FILE, message, help))
  }

  /** The hash of a file or folder of the lab, or null with a problem noted. */
  hash(file: string, place: Place): string | null {
    const found = this.#find(file, place)
    return found && hashOfTree(found)
  }

  /**
   * The text of a file of the lab, or null with a problem noted.
   * @param largest bytes
   */
  text(file: string, largest: number, place: Place = []): string | null {
    const found = this.#find(file, place)
    if (!found) return null
    const [one] = found.files
    if (one?.path !== '')
      return this.fail(place, `"${file}" is a folder, not a file.`, 'Name one of its files.')
    if (one.content.length > largest)
      return this.fail(place, `"${file}" is larger than ${largest / 1024} KB.`, 'Make it smaller.')
    const text = decoded(one.content)
    if (text === null) return this.fail(place, `"${file}" is not text in UTF-8.`, 'Save it as UTF-8.')
    const unseen = file === LAB_FILE ? null : unseenProblem(file, text)
    if (!unseen) return text
    this.problems.push(unseen)
    return null
  }

  /** Notes what is wrong with files that lab.yaml does not name: the whole folder is hashed and shared. */
  failOthers(): void {
    const others = this.#tree.flaws.filter((flaw) => !this.#told.has(flaw))
    for (const { path, reason, help } of others)
      this.problems.push(atBegin(path || LAB_FILE, `${path ? 'This' : "The lab's folder"} ${reason}.`, help))
  }

  #find(file: string, place: Place): Tree | null {
    const path = pathInside(file)
    if (path === null)
      return this.fail(place, `"${file}" leads out of the lab's folder.`, 'A lab may only use its own files.')
    const flaws = this.#tree.flaws.filter((flaw) => isWithin(flaw.path, path) || isWithin(path, flaw.path))
    for (const flaw of flaws) {
      this.#told.add(flaw)
      this.fail(place, `"${flaw.path}" ${flaw.reason}.`, flaw.help)
    }
    if (flaws.length > 0) return null
    const help = `Create it in ${basename(this.#folder)}/, or take it out of lab.yaml.`
    return subtree(this.#tree, path) ?? this.fail(place, `The file "${file}" does not exist.`, help)
  }
}

/** The path in the folder, without "." and ".."; null when it leads out of it. */
function pathInside(file: string): string | null {
  const path = posix.normalize(file).replace(/\/$/, '')
  if (path === '..' || path.startsWith('../') || path.startsWith('/') || file.startsWith('/')) return null
  return path === '.' ? '' : path
}

function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`)
}

function atBegin(file: string, message: string, help: string): FileProblem {
  return { file, line: 1, column: 1, message, help, severity: 'error' }
}

function decoded(content: Buffer): string | null {
  try {
    return normalized(new TextDecoder('utf-8', { fatal: true }).decode(content))
  } catch {
    return null
  }
}
