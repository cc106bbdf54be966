/** A copy of the project in another folder, with the installed packages of this one. */
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../rules/planted'

/** Folders that are not copied, because they are made from the rest. */
const MADE = ['node_modules', 'dist', 'release', 'test-results', '.git']

export interface CopyOptions {
  /** Packages that the copy does not have. */
  readonly without?: readonly string[]
  /** Packages that lie in the copy itself; the others are links. */
  readonly inside?: readonly string[]
}

export function copyProject(folder: string, { without = [], inside = [] }: CopyOptions = {}): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(ROOT)) {
    if (!MADE.includes(name)) cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  }
  const modules = join(folder, 'node_modules')
  mkdirSync(modules)
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (name.startsWith('.') || without.includes(name)) continue
    const from = join(ROOT, 'node_modules', name)
    if (inside.includes(name)) linkTree(from, join(modules, name))
    else symlinkSync(from, join(modules, name), 'junction')
  }
  markInstalled(folder)
}

/** Hard links, because packages are large. Links do not reach another disk, so there files are copied. */
function linkTree(from: string, to: string): void {
  mkdirSync(to)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) linkTree(source, target)
    else linkOrCopy(source, target)
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to)
  } catch {
    copyFileSync(from, to)
  }
}

/** The mark of setup/dependencies.mjs: the packages of this lockfile are installed. */
function markInstalled(folder: string): void {
  const lockfile = readFileSync(join(folder, 'package-lock.json'))
  const hash = createHash('sha256').update(lockfile).update(process.version).digest('hex')
  writeFileSync(join(folder, 'node_modules/.capstan-lock'), hash)
}
