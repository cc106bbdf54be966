import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { JournalFolder } from './journal'

const Entry = z.object({ n: z.number() })
let folder: string
let told: string[]
const open = () => new JournalFolder({ folder, entry: Entry, onCorrupt: (message) => told.push(message) })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-journal-'))
  told = []
})
afterEach(async () => await rm(folder, { recursive: true }))

test('what was appended is read again, in order, by another process too', async () => {
  const journal = open()
  await Promise.all([1, 2, 3, 4, 5].map((n) => journal.append('one', { n })))
  expect(await open().read('one')).toEqual([1, 2, 3, 4, 5].map((n) => ({ n })))
  expect(await open().list()).toEqual(['one'])
  expect(await open().read('none')).toEqual([])
})

test('half a line at the end does not count, and is cut off before the journal goes on', async () => {
  await open().append('one', { n: 1 })
  await appendFile(join(folder, 'one.jsonl'), '{"n":')
  expect(await open().read('one')).toEqual([{ n: 1 }])
  await open().append('one', { n: 2 })
  expect(await open().read('one')).toEqual([{ n: 1 }, { n: 2 }])
  expect(told).toEqual([])
})

test('a journal cut at any byte keeps every whole entry, and goes on after them', async () => {
  const entries = [1, 2, 3].map((n) => ({ n, text: 'grün 🐳' }))
  const wide = () =>
    new JournalFolder({
      folder,
      entry: Entry.extend({ text: z.string() }),
      onCorrupt: (message) => told.push(message),
    })
  for (const entry of entries) await wide().append('one', entry)
  const path = join(folder, 'one.jsonl')
  const bytes = await readFile(path)
  const next = { n: 9, text: '' }
  for (let cut = 0; cut <= bytes.length; cut++) {
    await writeFile(path, bytes.subarray(0, cut))
    const whole = entries.slice(0, bytes.subarray(0, cut).filter((byte) => byte === 10).length)
    expect(await wide().read('one')).toEqual(whole)
    await wide().append('one', next)
    expect(await wide().read('one')).toEqual([...whole, next])
  }
  expect(told).toEqual([])
})

test('a read in the middle of appends sees whole entries and cuts nothing', async () => {
  const journal = open()
  const work = [1, 2, 3, 4].flatMap((n) => [journal.append('one', { n }), journal.read('one')])
  const seen = (await Promise.all(work)).filter((one) => one !== undefined)
  expect(seen.map((entries) => entries.length)).toEqual([1, 2, 3, 4])
})

test('damage in the middle is told with file and line; what stands before it is used, the whole file kept', async () => {
  const text = '{"n":1}\n{"n":2}\nnonsense\n{"n":4}\n'
  await writeFile(join(folder, 'one.jsonl'), text)
  expect(await open().read('one')).toEqual([{ n: 1 }, { n: 2 }])
  expect(told[0]).toContain('one.jsonl is damaged: line 3 is not an entry')
  const aside = (await readdir(folder)).find((name) => name.includes('.corrupt-')) ?? ''
  expect(await readFile(join(folder, aside), 'utf8')).toBe(text)
  await open().append('one', { n: 5 })
  expect(await open().read('one')).toEqual([{ n: 1 }, { n: 2 }, { n: 5 }])
  expect(await open().list()).toEqual(['one'])
  expect(told).toHaveLength(1)
})

test('a journal damaged from its first line is kept aside whole', async () => {
  await writeFile(join(folder, 'one.jsonl'), '\0\0\n{"n":2}\n')
  expect(await open().read('one')).toEqual([])
  expect(told[0]).toContain('line 1')
  expect(await open().list()).toEqual([])
})

test('a journal of a newer Capstan is refused and left as it is', async () => {
  const text = '{"v":1,"n":1}\n{"v":2,"what":"else"}\n{"v'
  await writeFile(join(folder, 'one.jsonl'), text)
  await expect(open().read('one')).rejects.toMatchObject({
    code: 'store-corrupt',
    message: 'one.jsonl was written by a newer Capstan.',
  })
  expect(await readFile(join(folder, 'one.jsonl'), 'utf8')).toBe(text)
  expect(told).toEqual([])
})

test('what another program cut off an open journal is not written over', async () => {
  const journal = open()
  await journal.append('one', { n: 1 })
  await truncate(join(folder, 'one.jsonl'), 2)
  await expect(journal.append('one', { n: 2 })).rejects.toMatchObject({ code: 'store-corrupt' })
})
