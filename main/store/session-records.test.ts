import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SessionRecord } from '../../engine'
import { syncsIn } from '../../shared/system/syncs.test-kit'
import { aRecord as record } from './records.test-kit'
import { SessionFolder } from './session-records'

let folder: string
let reports: string[]

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'capstan-sessions-')), 'sessions')
  reports = []
})
afterEach(async () => await rm(join(folder, '..'), { recursive: true }))

const open = () => new SessionFolder(folder, (message) => reports.push(message))

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
  expect((await readdir(folder)).sort()).toEqual(['a1.json', 'a1.json.copy', 'b2.json', 'b2.json.copy'])
  await records.remove('a1')
  expect(idsOf(await records.list())).toEqual(['b2'])
  expect(idsOf(await open().list())).toEqual(['b2'])
})

test('a record that nobody saved can be removed', async () => {
  await open().remove('nobody')
  expect(await open().list()).toEqual([])
})

test('a record that was removed does not come back after a power cut', async () => {
  const records = open()
  await records.save(record())
  const syncs = await syncsIn(folder)
  await records.remove('a1')
  expect(syncs).toEqual([{ name: '.', files: {} }])
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

const CUT = JSON.stringify({ version: 1, record: record({ id: 'b2', topologyId: 'b2c3' }) }).slice(0, -20)

test('a record whose file is damaged is read from its copy', async () => {
  const saved = record({ id: 'b2', topologyId: 'b2c3' })
  await open().save(saved)
  await writeFile(join(folder, 'b2.json'), '')
  expect(await open().list()).toEqual([saved])
  expect(reports).toEqual([expect.stringContaining('uses the copy of its last state')])
  expect(await open().list()).toEqual([saved])
  expect(reports).toHaveLength(1)
})

test.each([
  ['a file that names its topology', CUT, true, false],
  ['a file that tells nothing', '\0\0\0\0', true, true],
  ['a file that was cut before its topology', CUT.slice(0, 40), true, true],
])(
  'of %s that could not be read: it may name its own topology, %3$s, and another, %3$s',
  async (_what, content, own, other) => {
    await open().save(record())
    await writeFile(join(folder, 'b2.json'), content)
    const records = open()
    await records.list()
    expect(await records.mayName('b2c3')).toBe(own)
    expect(await records.mayName('ffff')).toBe(other)
    // The next process sees the file that was kept aside.
    const later = open()
    await later.list()
    expect(await later.mayName('b2c3')).toBe(own)
  },
)

test('all records that can be read name all topologies that there are', async () => {
  const records = open()
  await records.save(record())
  await records.list()
  expect(await records.mayName('ffff')).toBe(false)
  expect(await new SessionFolder(join(folder, 'none'), expect.fail).mayName('ffff')).toBe(false)
})

test('a record of a newer Capstan is reported, left alone byte for byte, and keeps its nodes', async () => {
  await open().save(record())
  const text = JSON.stringify({ version: 2, record: { id: 'b2', nodes: ['b2c3'] } })
  await writeFile(join(folder, 'b2.json'), text)
  const records = open()
  expect(idsOf(await records.list())).toEqual(['a1'])
  expect(idsOf(await records.list())).toEqual(['a1'])
  expect(reports).toEqual([expect.stringContaining('b2.json was written by a newer Capstan')])
  expect(await records.mayName('b2c3')).toBe(true)
  expect(await readFile(join(folder, 'b2.json'), 'utf8')).toBe(text)
  expect((await readdir(folder)).sort()).toEqual(['a1.json', 'a1.json.copy', 'b2.json'])
})

test('a file with the record of another session is reported, and is not used', async () => {
  await open().save(record())
  await writeFile(join(folder, 'b2.json'), await readFile(join(folder, 'a1.json')))
  const records = open()
  expect(idsOf(await records.list())).toEqual(['a1'])
  expect(reports).toEqual([expect.stringContaining('sessions/b2.json is the record of another session')])
})

test('a file that cannot be read hides no other session', async () => {
  await open().save(record())
  await mkdir(join(folder, 'b2.json'))
  const records = open()
  expect(idsOf(await records.list())).toEqual(['a1'])
  expect(await records.mayName('ffff')).toBe(true)
})
