import { execFileSync } from 'node:child_process'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { z } from 'zod'
import { handlePrototype, syncsIn } from '../../shared/system/syncs.test-kit'
import { JournalFolder } from './journal'

const Entry = z.object({ n: z.number() })
let folder: string
let reports: string[]
const open = () => new JournalFolder({ folder, entry: Entry, onCorrupt: (message) => reports.push(message) })

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-journal-'))
  reports = []
})
afterEach(async () => await rm(folder, { recursive: true }))

test('what was appended is read again, in order, by another process too', async () => {
  const journal = open()
  await Promise.all([1, 2, 3, 4, 5].map((n) => journal.append('one', { n })))
  expect(await open().read('one')).toEqual([1, 2, 3, 4, 5].map((n) => ({ n })))
  expect(await open().list()).toEqual(['one'])
  expect(await open().read('none')).toEqual([])
})

test('an entry is on the disk before its append resolves, and so are the names of a new journal and folder', async () => {
  const journal = new JournalFolder({
    folder: join(folder, 'attempts'),
    entry: Entry,
    onCorrupt: expect.fail,
  })
  const syncs = await syncsIn(folder)
  await journal.append('one', { n: 1 })
  const first = { 'attempts/one.jsonl': '{"v":1,"n":1}\n' }
  expect(syncs).toEqual(['attempts/one.jsonl', 'attempts', '.'].map((name) => ({ name, files: first })))
  await journal.append('one', { n: 2 })
  const both = { 'attempts/one.jsonl': '{"v":1,"n":1}\n{"v":1,"n":2}\n' }
  expect(syncs.slice(3)).toEqual([{ name: 'attempts/one.jsonl', files: both }])
})

test('an entry that does not get to the disk is refused, and is not in the journal', async () => {
  const journal = open()
  await journal.append('one', { n: 1 })
  const datasync = vi.spyOn(await handlePrototype(), 'datasync').mockRejectedValueOnce(new Error('EIO'))
  onTestFinished(() => datasync.mockRestore())
  await expect(journal.append('one', { n: 2 })).rejects.toMatchObject({ code: 'store-corrupt' })
  expect(await open().read('one')).toEqual([{ n: 1 }])
  await journal.append('one', { n: 3 })
  expect(await open().read('one')).toEqual([{ n: 1 }, { n: 3 }])
})

test('half a line at the end does not count, and is cut off before the journal goes on', async () => {
  await open().append('one', { n: 1 })
  await appendFile(join(folder, 'one.jsonl'), '{"n":')
  expect(await open().read('one')).toEqual([{ n: 1 }])
  await open().append('one', { n: 2 })
  expect(await open().read('one')).toEqual([{ n: 1 }, { n: 2 }])
  expect(reports).toEqual([])
})

test('a journal cut at any byte keeps every whole entry, and goes on after them', async () => {
  const entries = [1, 2, 3].map((n) => ({ n, text: 'grün 🐳' }))
  const wide = () =>
    new JournalFolder({
      folder,
      entry: Entry.extend({ text: z.string() }),
      onCorrupt: (message) => reports.push(message),
    })
  for (const entry of entries) await wide().append('one', entry)
  const path = join(folder, 'one.jsonl')
  const bytes = await readFile(path)
  const next = { n: 9, text: '' }
  for (let cut = 0; cut <= bytes.length; cut++) {
    await writeFile(path, bytes.subarray(0, cut))
    const whole = entries.slice(0, bytes.subarray(0, cut).filter((byte) => byte === 10).length)
    expect(await wide().read('one')).toEqual(whole)
    if (cut > 0 && whole.length === 0) {
      // Not even one entry: nothing shows that the file is ours, and no attempt has begun.
      await expect(wide().append('one', next)).rejects.toMatchObject({ code: 'store-corrupt' })
      expect(await readFile(path)).toEqual(bytes.subarray(0, cut))
      continue
    }
    await wide().append('one', next)
    expect(await wide().read('one')).toEqual([...whole, next])
  }
  expect(reports).toEqual([])
})

test('a read in the middle of appends sees whole entries and cuts nothing', async () => {
  const journal = open()
  const work = [1, 2, 3, 4].flatMap((n) => [journal.append('one', { n }), journal.read('one')])
  const seen = (await Promise.all(work)).filter((one) => one !== undefined)
  expect(seen.map((entries) => entries.length)).toEqual([1, 2, 3, 4])
})

test('damage in the middle is reported with file and line, and the entries before it are used', async () => {
  const text = '{"n":1}\n{"n":2}\nnonsense\n{"n":4}\n'
  await writeFile(join(folder, 'one.jsonl'), text)
  expect(await open().read('one')).toEqual([{ n: 1 }, { n: 2 }])
  expect(reports[0]).toContain('one.jsonl is damaged: line 3 is not an entry')
  const aside = (await readdir(folder)).find((name) => name.includes('.corrupt-')) ?? ''
  expect(await readFile(join(folder, aside), 'utf8')).toBe(text)
  await open().append('one', { n: 5 })
  expect(await open().read('one')).toEqual([{ n: 1 }, { n: 2 }, { n: 5 }])
  expect(await open().list()).toEqual(['one'])
  expect(reports).toHaveLength(1)
})

test.each([
  ['zeros', '\0\0\n{"n":2}\n'],
  ['lines of another program', '{"name":"other"}\n{"name":"program"}\n'],
  ['a text without a newline', 'a note of somebody'],
])('a file whose first line is no entry of ours is left as it is: %s', async (_what, text) => {
  await writeFile(join(folder, 'one.jsonl'), text)
  if (text.includes('\n'))
    await expect(open().read('one')).rejects.toMatchObject({
      code: 'store-corrupt',
      message: 'one.jsonl is damaged: line 1 is not an entry. It was left as it is.',
    })
  await expect(open().append('one', { n: 1 })).rejects.toMatchObject({ code: 'store-corrupt' })
  expect(await readdir(folder)).toEqual(['one.jsonl'])
  expect(await readFile(join(folder, 'one.jsonl'), 'utf8')).toBe(text)
})

test('an event of a kind that is not known is of a newer Capstan, and no damage', async () => {
  const Event = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('began') }),
    z.object({ kind: z.literal('chose'), n: z.number() }),
  ])
  const events = () =>
    new JournalFolder({ folder, entry: z.object({ event: Event }), onCorrupt: (one) => reports.push(one) })
  const lines = (...all: object[]) => all.map((event) => `${JSON.stringify({ v: 1, event })}\n`).join('')
  const newer = lines({ kind: 'began' }, { kind: 'paused', for: 'tea' }, { kind: 'chose', n: 1 })
  await writeFile(join(folder, 'one.jsonl'), newer)
  await expect(events().read('one')).rejects.toMatchObject({
    message: 'one.jsonl was written by a newer Capstan.',
  })
  await expect(events().append('one', { event: { kind: 'began' } })).rejects.toMatchObject({
    code: 'store-corrupt',
  })
  expect(await readFile(join(folder, 'one.jsonl'), 'utf8')).toBe(newer)
  expect(reports).toEqual([])
  // A known kind with wrong fields is damage.
  await writeFile(join(folder, 'two.jsonl'), lines({ kind: 'began' }, { kind: 'chose', n: 'x' }))
  expect(await events().read('two')).toHaveLength(1)
  await writeFile(join(folder, 'three.jsonl'), lines({ kind: 'began' }, { kind: 7 }))
  expect(await events().read('three')).toHaveLength(1)
  expect(reports).toHaveLength(2)
})

test.each([
  ['after whole entries', '{"v":1,"n":1}\n{"v":2,"what":"else"}\n{"v'],
  ['after a damaged line', '{"v":1,"n":1}\nnonsense\n{"v":2,"what":"else"}\n'],
])('a journal of a newer Capstan is refused and left as it is: %s', async (_where, text) => {
  await writeFile(join(folder, 'one.jsonl'), text)
  await expect(open().read('one')).rejects.toMatchObject({
    code: 'store-corrupt',
    message: 'one.jsonl was written by a newer Capstan.',
  })
  expect(await readFile(join(folder, 'one.jsonl'), 'utf8')).toBe(text)
  expect(reports).toEqual([])
})

test('what another program cut off an open journal is not written over', async () => {
  const journal = open()
  await journal.append('one', { n: 1 })
  await truncate(join(folder, 'one.jsonl'), 2)
  await expect(journal.append('one', { n: 2 })).rejects.toMatchObject({
    code: 'store-corrupt',
    cause: { message: expect.stringContaining('lost entries while it was open') },
  })
  expect(await readFile(join(folder, 'one.jsonl'), 'utf8')).toBe('{"')
})

test('a folder that nobody has made holds no journals, and the first append makes it', async () => {
  const path = join(folder, 'later')
  const journal = () =>
    new JournalFolder({ folder: path, entry: Entry, onCorrupt: (message) => reports.push(message) })
  expect(await journal().list()).toEqual([])
  expect(await journal().mark('one')).toBe('')
  await journal().append('one', { n: 1 })
  expect(await journal().list()).toEqual(['one'])
})

test('a folder that cannot be listed is an error', async () => {
  const path = join(folder, 'file')
  await writeFile(path, '')
  const journal = new JournalFolder({ folder: path, entry: Entry, onCorrupt: expect.fail })
  await expect(journal.list()).rejects.toMatchObject({ code: 'ENOTDIR' })
})

test('other files of the folder are no journals', async () => {
  await open().append('one', { n: 1 })
  for (const name of ['two.jsonl.corrupt-2026', 'notes.txt', '.hidden.jsonl', 'a b.jsonl'])
    await writeFile(join(folder, name), '')
  expect(await open().list()).toEqual(['one'])
})

test('the mark of a journal changes with every entry', async () => {
  const journal = open()
  const marks = new Set<string>()
  for (const n of [1, 2, 3]) {
    await journal.append('one', { n })
    marks.add(await journal.mark('one'))
  }
  expect(marks.size).toBe(3)
  expect(await journal.mark('one')).toBe([...marks].at(-1))
})

test('a reader of a folder that is not its own reports damage and changes nothing', async () => {
  const text = '{"n":1}\nnonsense\n{"n":3}\n'
  await writeFile(join(folder, 'one.jsonl'), text)
  const reader = new JournalFolder({
    folder,
    entry: Entry,
    onCorrupt: (message) => reports.push(message),
    readOnly: true,
  })
  expect(await reader.read('one')).toEqual([{ n: 1 }])
  expect(reports).toEqual(['one.jsonl is damaged in line 2.'])
  expect(await readdir(folder)).toEqual(['one.jsonl'])
  expect(await readFile(join(folder, 'one.jsonl'), 'utf8')).toBe(text)
})

test('a journal that cannot be read or written is an error with a way out', async () => {
  await mkdir(join(folder, 'one.jsonl'))
  await expect(open().read('one')).rejects.toMatchObject({
    code: 'store-corrupt',
    message: expect.stringContaining('one.jsonl could not be read.'),
    help: expect.stringMatching(/./),
  })
  await expect(open().append('one', { n: 1 })).rejects.toMatchObject({
    code: 'store-corrupt',
    message: expect.stringMatching(/^Your answer could not be saved\. .*one\.jsonl could not be read\.$/),
    help: 'See that you may read the data folder.',
  })
})

test('an append that failed does not stop the next one', async () => {
  const journal = open()
  await mkdir(join(folder, 'one.jsonl'))
  const failed = journal.append('one', { n: 1 })
  const other = journal.append('two', { n: 2 })
  await expect(failed).rejects.toMatchObject({ code: 'store-corrupt' })
  await other
  await rm(join(folder, 'one.jsonl'), { recursive: true })
  await journal.append('one', { n: 3 })
  expect(await journal.read('one')).toEqual([{ n: 3 }])
  expect(await journal.read('two')).toEqual([{ n: 2 }])
})

test('the name of a journal in messages is its folder and file', () => {
  const journal = new JournalFolder({ folder: '/data/attempts', entry: Entry, onCorrupt: expect.fail })
  expect(journal.nameOf('a1')).toBe('attempts/a1.jsonl')
})

test('whole lines of somebody else are never cut off: the journal stops and says so', async () => {
  const journal = open()
  await journal.append('one', { n: 1 })
  await open().append('one', { n: 2 })
  await expect(journal.append('one', { n: 3 })).rejects.toMatchObject({
    code: 'store-corrupt',
    message: 'Your answer could not be saved. Another Capstan writes to one.jsonl.',
    help: expect.stringContaining('Close the other Capstan'),
  })
  expect(await open().read('one')).toEqual([{ n: 1 }, { n: 2 }])
})

test('a part of a line that appears after the first look is somebody else at work, and stays', async () => {
  const journal = open()
  await journal.append('one', { n: 1 })
  await appendFile(join(folder, 'one.jsonl'), '{"v":1,')
  await expect(journal.append('one', { n: 2 })).rejects.toMatchObject({ code: 'store-corrupt' })
  await appendFile(join(folder, 'one.jsonl'), '"n":3}\n')
  expect(await open().read('one')).toEqual([{ n: 1 }, { n: 3 }])
})

test.each([
  '',
  '.',
  '..',
  '../one',
  '../../other-program',
  '/etc/passwd',
  'a/b',
  'a\\b',
  'a\0b',
  'a'.repeat(65),
  'grün',
  '\u202e1',
  'one.jsonl',
  '-rf',
])('%j is the id of no journal: nothing is read, and nothing is written', async (id) => {
  const inner = new JournalFolder({ folder: join(folder, 'a', 'b'), entry: Entry, onCorrupt: expect.fail })
  await writeFile(join(folder, 'other-program.jsonl'), 'nonsense\n')
  for (const work of [() => inner.read(id), () => inner.mark(id), () => inner.append(id, { n: 1 })])
    await expect(work()).rejects.toMatchObject({ code: 'bad-input' })
  expect(await readdir(folder, { recursive: true })).toEqual(['other-program.jsonl'])
})

test('a pipe in the place of a journal is an error, and nobody waits for it', async () => {
  execFileSync('mkfifo', [join(folder, 'one.jsonl')])
  await expect(open().read('one')).rejects.toMatchObject({ code: 'store-corrupt' })
})

test('a journal of another machine is written whole, and goes on from there', async () => {
  const journal = new JournalFolder({
    folder: join(folder, 'attempts'),
    entry: Entry,
    onCorrupt: expect.fail,
  })
  expect(await journal.adopt('one', [{ n: 1 }, { n: 2 }])).toBe(true)
  expect(await readFile(join(folder, 'attempts', 'one.jsonl'), 'utf8')).toBe('{"v":1,"n":1}\n{"v":1,"n":2}\n')
  await journal.append('one', { n: 3 })
  expect(await journal.read('one')).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
})

test('a journal that is here stays as it is when one of the same name comes', async () => {
  const journal = open()
  await journal.append('one', { n: 1 })
  expect(await journal.adopt('one', [{ n: 7 }, { n: 8 }])).toBe(false)
  expect(await open().read('one')).toEqual([{ n: 1 }])
  await expect(journal.adopt('../one', [{ n: 7 }])).rejects.toMatchObject({ code: 'bad-input' })
})

test('a journal that was removed is gone, and one of the same name begins at the beginning', async () => {
  const journal = open()
  await journal.append('one', { n: 1 })
  await journal.append('two', { n: 2 })
  await journal.remove('one')
  await journal.remove('none')
  expect(await open().list()).toEqual(['two'])
  await journal.append('one', { n: 3 })
  expect(await open().read('one')).toEqual([{ n: 3 }])
  await expect(journal.remove('../two')).rejects.toMatchObject({ code: 'bad-input' })
})
