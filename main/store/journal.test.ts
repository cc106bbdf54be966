import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
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

test('half a line at the end is cut off, and the journal goes on', async () => {
  await open().append('one', { n: 1 })
  await appendFile(join(folder, 'one.jsonl'), '{"n":')
  expect(await open().read('one')).toEqual([{ n: 1 }])
  await open().append('one', { n: 2 })
  expect(await open().read('one')).toEqual([{ n: 1 }, { n: 2 }])
  expect(told).toEqual([])
})

test('a damaged journal is kept aside and told', async () => {
  const text = '{"n":1}\nnonsense\n{"n":2}\n'
  await writeFile(join(folder, 'one.jsonl'), text)
  expect(await open().read('one')).toEqual([])
  expect(told[0]).toContain('one.jsonl is damaged')
  const [aside = ''] = await readdir(folder)
  expect(await readFile(join(folder, aside), 'utf8')).toBe(text)
})
