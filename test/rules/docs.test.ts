/** The documentation names things that exist, and every folder of code has its line. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from './planted'

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8')
const DECISIONS = readdirSync(join(ROOT, 'docs/decisions')).sort()
const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'docs/architecture.md', 'docs/glossary.md']

/** The folders in the first column of the table of the architecture. */
const described = [...read('docs/architecture.md').matchAll(/^\| (`[^|]+`) \|/gm)]
  .flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)])
  .flatMap(([, folder]) => folder ?? [])
  .map((folder) => folder.replace(/\/$/, ''))

const foldersIn = (folder: string) =>
  readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${folder}/${name}`)

describe('the architecture', () => {
  it.each(described)('describes %s, which exists', (folder) => {
    expect(existsSync(join(ROOT, folder))).toBe(true)
  })

  it.each(['engine', 'exam', 'main', 'main/services', 'shared'])('describes each folder of %s', (parent) => {
    const missing = foldersIn(parent).filter(
      (folder) => !described.some((one) => one === folder || one.startsWith(`${folder}/`)),
    )
    expect(missing).toEqual([])
  })
})

it.each(PAGES)('the links of %s lead somewhere', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)#]+)[^)]*\)/g)].flatMap(([, link]) => link ?? [])
  const local = links.filter((link) => !/^https?:/.test(link))
  const broken = local.filter((link) => !existsSync(join(ROOT, dirname(page), link)))
  expect(broken).toEqual([])
})

describe('the decisions', () => {
  it('are numbered without a gap', () => {
    const numbers = DECISIONS.map((file) => Number(file.slice(0, 4)))
    expect(numbers).toEqual(numbers.map((_number, index) => index + 1))
  })

  it.each(DECISIONS)('%s has its number, a context, a choice and a consequence', (file) => {
    const text = read(`docs/decisions/${file}`)
    expect(text).toMatch(new RegExp(`^# ${Number(file.slice(0, 4))}\\. `))
    for (const part of ['Context', 'Choice', 'Consequence']) expect(text).toContain(`**${part}.**`)
  })
})

it('the glossary has each word once', () => {
  const words = [...read('docs/glossary.md').matchAll(/^\| ([^|]+?) \|/gm)].flatMap(([, word]) => word ?? [])
  const entries = words.filter((word) => word !== 'word' && !word.startsWith('---'))
  expect(entries.length).toBeGreaterThan(30)
  expect(new Set(entries).size).toBe(entries.length)
})
