import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SessionRecord } from '../../engine'
import { SessionFolder } from './session-records'

let folder: string
let reports: string[]

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'capstan-sessions-')), 'sessions')
  reports = []
})
afterEach(async () => await rm(join(folder, '..'), { recursive: true }))

const open = () => new SessionFolder(folder, (message) => reports.push(message))

const record = (part: Partial<SessionRecord> = {}): SessionRecord => ({
  id: 'a1',
  labId: 'lab',
  kind: 'student',
  pid: 1,
  startedAt: '2026-01-01T00:00:00Z',
  topologyId: 'a1b2',
  prepared: true,
  currentStep: 'one',
  stepsOpened: ['one'],
  stepsDone: [],
  hintsShown: { one: 1 },
  solutionsShown: [],
  ...part,
})
const idsOf = (records: readonly SessionRecord[]) => records.map(({ id }) => id).sort()

test('no folder means no sessions', async () => {
  expect(await open().list()).toEqual([])
})

test('records are saved, changed and removed, each in a file of its own', async () => {
  const records = open()
  await records.save(record())
  await records.save(record({ id: 'b2', topologyId: null }))
  await records.save(record({ stepsDone: ['one'], currentStep: 'two' }))
  expect(await open().list()).toEqual(
    expect.arrayContaining([
      record({ stepsDone: ['one'], currentStep: 'two' }),
      record({ id: 'b2', topologyId: null }),
    ]),
  )
  expect((await readdir(folder)).sort()).toEqual(['a1.json', 'b2.json'])
  await records.remove('a1')
  expect(idsOf(await records.list())).toEqual(['b2'])
  expect(idsOf(await open().list())).toEqual(['b2'])
})

test('a record that nobody saved can be removed', async () => {
  await open().remove('nobody')
  expect(await open().list()).toEqual([])
})

test('a save that is under way when the session is removed does not bring it back', async () => {
  const records = open()
  await Promise.all([
    ...['one', 'two', 'three'].map((currentStep) => records.save(record({ currentStep }))),
    records.remove('a1'),
  ])
  expect(await readdir(folder)).toEqual([])
  expect(await open().list()).toEqual([])
})

test('saves at the same time leave the last one', async () => {
  const records = open()
  const steps = Array.from({ length: 10 }, (_one, index) => `step-${index}`)
  await Promise.all(steps.map((currentStep) => records.save(record({ currentStep }))))
  expect((await open().list()).map(({ currentStep }) => currentStep)).toEqual(['step-9'])
})

test.each([
  ['text that is not JSON', 'x', 'is not complete JSON'],
  ['a later version', JSON.stringify({ version: 2, record: record({ id: 'b2' }) }), 'does not have the form'],
  ['a record without its lab', '{"version":1,"record":{"id":"b2"}}', 'does not have the form'],
])('%s is kept aside and reported, and the other sessions are listed', async (_what, content, words) => {
  await open().save(record())
  await writeFile(join(folder, 'b2.json'), content)
  expect(idsOf(await open().list())).toEqual(['a1'])
  expect(reports).toEqual([expect.stringContaining(`b2.json ${words}`)])
  const aside = (await readdir(folder)).find((name) => name.startsWith('b2.json.corrupt-')) ?? ''
  expect(await readFile(join(folder, aside), 'utf8')).toBe(content)
  expect(idsOf(await open().list())).toEqual(['a1'])
})

test('other files of the folder are no sessions', async () => {
  await open().save(record())
  for (const name of ['a1.json.123-1.new', 'notes.txt', '.hidden.json'])
    await writeFile(join(folder, name), 'x')
  expect(idsOf(await open().list())).toEqual(['a1'])
  expect(reports).toEqual([])
})

test('a save that failed can be tried again', async () => {
  await writeFile(folder, 'a file where the folder should be')
  const records = open()
  await expect(records.save(record())).rejects.toMatchObject({ code: 'store-corrupt' })
  await rm(folder)
  await records.save(record())
  expect(idsOf(await open().list())).toEqual(['a1'])
})
