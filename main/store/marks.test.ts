import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { JsonDocument } from './document'
import { Marks, MarksDocument, NO_MARKS } from './marks'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-marks-'))
})
afterEach(async () => await rm(folder, { recursive: true }))

/** As another start would open them. */
async function open(): Promise<Marks> {
  const path = join(folder, 'marks.json')
  const onCorrupt = (message: string) => expect.fail(message)
  return new Marks(
    await JsonDocument.open({ path, schema: MarksDocument, migrations: [], initial: NO_MARKS, onCorrupt }),
  )
}
const mark = (note: string, at: string) => ({ bookmarked: false, note, at })
const [OLD, NEW] = ['2026-01-01T00:00:00.000Z', '2026-06-01T00:00:00.000Z']

test('a mark is there again after a restart, with its time', async () => {
  await (await open()).set('ports', { bookmarked: true, note: 'mine' })
  const marks = await open()
  expect(marks.get('ports')).toEqual({ bookmarked: true, note: 'mine', at: expect.stringMatching(/Z$/) })
  expect(marks.get('constructor')).toBeUndefined()
})

test('a mark without a bookmark and a note is removed, and others stay', async () => {
  const marks = await open()
  await marks.set('ports', { bookmarked: true, note: '' })
  await marks.set('volumes', { bookmarked: false, note: 'mine' })
  await marks.set('ports', { bookmarked: false, note: '' })
  expect(Object.keys((await open()).all())).toEqual(['volumes'])
})

test('two changes at the same time are both kept', async () => {
  const marks = await open()
  await Promise.all(['a', 'b', 'c'].map((id) => marks.set(id, { bookmarked: true, note: id })))
  expect(Object.keys((await open()).all()).sort()).toEqual(['a', 'b', 'c'])
})

test('of two marks on one question the newer one stays, whichever comes in', async () => {
  const marks = await open()
  expect(await marks.merge({ a: mark('old a', OLD), b: mark('new b', NEW) })).toBe(2)
  expect(await marks.merge({ a: mark('new a', NEW), b: mark('old b', OLD), c: mark('c', OLD) })).toBe(2)
  const notes = Object.entries((await open()).all()).map(([id, { note }]) => [id, note])
  expect(notes.sort()).toEqual([
    ['a', 'new a'],
    ['b', 'new b'],
    ['c', 'c'],
  ])
  expect(await marks.merge({ a: mark('again', NEW) })).toBe(0)
})

test('more marks than a bank has questions are refused, and nothing comes in', async () => {
  const marks = await open()
  const many = Object.fromEntries(
    Array.from({ length: 10_001 }, (_one, index) => [`q${index}`, mark('n', OLD)]),
  )
  await expect(marks.merge(many)).rejects.toMatchObject({ code: 'bad-input' })
  expect(marks.all()).toEqual({})
})

test('all marks can be removed', async () => {
  const marks = await open()
  await marks.set('ports', { bookmarked: true, note: '' })
  await marks.clear()
  expect((await open()).all()).toEqual({})
})
