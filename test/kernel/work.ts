/** What needs features of the kernel: labs and tasks, claims of questions, tests. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseClaim } from '../../engine'
import { nameInFile, representatives, wholeItems } from '../../exam'
import { loadBank, readLabs } from '../../main/services'
import { CapstanError } from '../../shared/errors'
import type { Features } from './capstan'

export interface Work {
  readonly kind: 'lab' | 'claim' | 'test'
  /** The name of a lab or item, or the title of a test. */
  readonly id: string
  /** Names of features. */
  readonly requires: readonly string[]
  /** The file of a test. */
  readonly file?: string
}

/** All work of the project that could need a feature of the kernel, the shortest first. */
export async function allWork(root: string): Promise<Work[]> {
  return [...(await claims(root)), ...(await tests(root)), ...(await labs(root))]
}

async function labs(root: string): Promise<Work[]> {
  const { results } = await readLabs(root)
  return results.flatMap(({ id, lab }) => (lab ? [{ kind: 'lab' as const, id, requires: lab.requires }] : []))
}

async function claims(root: string): Promise<Work[]> {
  const { bank } = await loadBank(root)
  return wholeItems(bank, representatives(bank)).flatMap((item) => {
    const { claim } = parseClaim(item.proof)
    return claim ? [{ kind: 'claim' as const, id: nameInFile(item), requires: claim.requires }] : []
  })
}

/** A call of `kernelTest`, which is in test/integration/kernel-test.ts. */
const CALL = /\bkernelTest\(\s*'(\w+)',\s*(['"`])(.*?)\2/gs

const TESTS = 'test/integration'

async function tests(root: string): Promise<Work[]> {
  const names = await readdir(join(root, TESTS), { recursive: true })
  const files = names.filter((name) => name.endsWith('.test.ts')).map((name) => join(TESTS, name))
  const found = files.map(async (file) => {
    const calls = (await readFile(join(root, file), 'utf8')).matchAll(CALL)
    return [...calls].map(([, feature = '', , id = '']): Work => {
      return { kind: 'test', id, requires: [feature], file }
    })
  })
  return (await Promise.all(found)).flat()
}

export interface Chosen {
  /** What this computer's own kernel can do. */
  readonly own: Features
  /** Names of labs and items, or words of the titles of tests. None for all. */
  readonly only: readonly string[]
}

/**
 * Chooses what the own kernel cannot prove, or what is named.
 * @throws CapstanError `not-found` for a name that fits nothing
 */
export function choose(all: readonly Work[], { own, only }: Chosen): Work[] {
  const named = (work: Work, name: string) =>
    work.kind === 'test' ? work.id.includes(name) : work.id === name
  const unknown = only.filter((name) => !all.some((work) => named(work, name)))
  if (unknown.length > 0) {
    throw new CapstanError('not-found', `Nothing is called "${unknown.join('", "')}".`, {
      help: 'Name labs, items with a proof, or words in the title of a test that needs a feature of the kernel.',
    })
  }
  if (only.length > 0) return all.filter((work) => only.some((name) => named(work, name)))
  return all.filter(({ requires }) => requires.some((name) => own[name] === false))
}
