import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fold, foldHandsOn, isGraded } from '../../exam'
import { openStore } from '.'
import { ALLOWED, EXAM, HANDS_ON, journalsIn, OWNER, PRACTICE, writeGolden } from './golden.test-kit'

/** The version of what this Capstan writes. It goes up with the version of any document or journal. */
const CURRENT = 'v1'
const GOLDEN = fileURLToPath(new URL('../../test/fixtures/store', import.meta.url))
const VERSIONS = (await readdir(GOLDEN, { withFileTypes: true }))
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-golden-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** The content of every file below a folder, by its name. */
async function filesOf(root: string): Promise<Record<string, string>> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const all = files.sort().map(async (file) => [file.slice(root.length + 1), await readFile(file, 'utf8')])
  return Object.fromEntries(await Promise.all(all))
}

test.each(VERSIONS)(
  'what a Capstan with files of %s kept is read, and nothing of it changes',
  async (version) => {
    await cp(join(GOLDEN, version), folder, { recursive: true })
    const before = await filesOf(folder)
    const store = await openStore(folder, expect.fail)
    expect(store.owner).toBe(OWNER)
    expect(store.settings()).toMatchObject({
      theme: 'dark',
      passMark: 70,
      layouts: { lab: { text: 40, work: 60 } },
    })
    expect(store.progress()).toEqual({
      'container-life': { stepsDone: 3, completedAt: '2026-01-02T03:04:05.000Z' },
      'published-ports': { stepsDone: 1, completedAt: null },
    })
    expect(store.consents.has(ALLOWED)).toBe(true)
    const sessions = (await store.sessions.list()).map(({ id, labId, kind, topologyId }) => [
      id,
      labId,
      kind,
      topologyId,
    ])
    expect(sessions.sort()).toEqual([
      ['ab12cd34', 'published-ports', 'student', 'e5f60718'],
      ['ab12cd35', 'lab', 'verify', null],
    ])
    const { exams, handsOn } = journalsIn(folder, expect.fail)
    const attemptOf = async (id: string) => fold((await exams.read(id)).map(({ event }) => event))
    const exam = await attemptOf(EXAM)
    expect(exam).toMatchObject({ id: EXAM, mode: 'real', elapsed: 6_000, endedBy: 'candidate' })
    expect(exam.items).toMatchObject([
      { chosen: [11, 13], flagged: true },
      { decisions: [{ option: 21, yes: false }] },
    ])
    expect((await attemptOf(PRACTICE)).items[0]).toMatchObject({ chosen: [12], closed: true })
    const graded = foldHandsOn((await handsOn.read(HANDS_ON)).map(({ event }) => event))
    expect(graded).toMatchObject({ id: HANDS_ON, endedBy: 'time' })
    expect(isGraded(graded)).toBe(true)
    expect(await filesOf(folder)).toEqual(before)
  },
)

test('this Capstan writes what the golden files of its version hold', async () => {
  if (process.env.CAPSTAN_GOLDEN) await writeGolden(join(GOLDEN, process.env.CAPSTAN_GOLDEN), expect.fail)
  await writeGolden(folder, expect.fail)
  const help = 'The format on disk has changed: see test/fixtures/store/README.md'
  expect(await filesOf(folder), help).toEqual(await filesOf(join(GOLDEN, CURRENT)))
})
