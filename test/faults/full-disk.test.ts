/** A disk that is really full, under everything that the store keeps. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { JournalFolder, lockStore, openStore } from '../../main/store'
import { aRecord } from '../../main/store/records.test-kit'

const WHY_NOT = 'nothing can be mounted here: this needs root on Linux'
const Entry = z.object({ n: z.number(), text: z.string() })

let disk: string
let isMounted: boolean
beforeEach(() => {
  disk = mkdtempSync(join(tmpdir(), 'capstan-full-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', disk], { stdio: 'pipe' })
    isMounted = true
  } catch {
    isMounted = false
  }
})
afterEach(() => {
  if (isMounted) execFileSync('umount', [disk])
  rmSync(disk, { recursive: true, force: true })
})

const filler = () => join(disk, 'filler')

/** Writes until not even one byte fits. */
async function fill(): Promise<void> {
  for (const size of [4096, 1]) {
    for (let isFull = false; !isFull; ) {
      const error = await writeFile(filler(), Buffer.alloc(size), { flag: 'a' }).catch(
        (reason: unknown) => reason,
      )
      if (error) expect(error).toMatchObject({ code: 'ENOSPC' })
      isFull = Boolean(error)
    }
  }
}

const journals = () =>
  new JournalFolder({ folder: join(disk, 'attempts'), entry: Entry, onCorrupt: expect.fail })

test('documents are refused, keep what was saved, and go on when there is room', async (context) => {
  if (!isMounted) return context.skip(WHY_NOT)
  const store = await openStore(disk, expect.fail)
  await store.updateSettings((settings) => ({ ...settings, theme: 'dark' }))
  await store.updateProgress('lab', () => ({ stepsDone: 1, completedAt: null }))
  await store.sessions.save(aRecord())
  await fill()
  const full = { code: 'no-space', help: expect.stringContaining('Make room') }
  await expect(store.updateSettings((settings) => ({ ...settings, passMark: 99 }))).rejects.toMatchObject(
    full,
  )
  await expect(
    store.updateProgress('lab', () => ({ stepsDone: 2, completedAt: null })),
  ).rejects.toMatchObject(full)
  await expect(store.sessions.save(aRecord({ currentStep: 'two' }))).rejects.toMatchObject(full)
  await expect(store.sessions.save(aRecord({ id: 'b2' }))).rejects.toMatchObject(full)
  expect(store.settings().passMark).not.toBe(99)

  // A process that starts now finds everything, and so does one after a kill in the middle of this.
  const again = await openStore(disk, expect.fail)
  expect(again.settings().theme).toBe('dark')
  expect(again.progress()).toEqual({ lab: { stepsDone: 1, completedAt: null } })
  expect(await again.sessions.list()).toEqual([aRecord()])

  await rm(filler())
  await store.updateSettings((settings) => ({ ...settings, passMark: 99 }))
  await store.updateProgress('lab', (before) => ({
    stepsDone: (before?.stepsDone ?? 0) + 1,
    completedAt: null,
  }))
  await store.sessions.save(aRecord({ currentStep: 'two' }))
  const later = await openStore(disk, expect.fail)
  expect(later.settings()).toMatchObject({ theme: 'dark', passMark: 99 })
  expect(later.progress().lab?.stepsDone).toBe(2)
  expect((await later.sessions.list()).map(({ currentStep }) => currentStep)).toEqual(['two'])
  expect((await readdir(disk, { recursive: true })).filter((name) => /corrupt|\.new$/.test(name))).toEqual([])
  return undefined
})

test('a journal keeps every entry that was confirmed, and takes more when there is room', async (context) => {
  if (!isMounted) return context.skip(WHY_NOT)
  const journal = journals()
  const confirmed: number[] = []
  const text = 'x'.repeat(1_000)
  await journal.append('a1', { n: 0, text })
  confirmed.push(0)
  await fill()
  // Room for a part of an entry only: what was begun is taken back.
  for (let n = 1; n < 12; n++) {
    const error = await journal.append('a1', { n, text }).catch((reason: unknown) => reason)
    if (error === undefined) confirmed.push(n)
    else expect(error).toMatchObject({ code: 'no-space', help: 'Make room on the disk, then answer again.' })
  }
  expect(confirmed.length).toBeLessThan(12)
  expect((await journals().read('a1')).map(({ n }) => n)).toEqual(confirmed)
  await expect(journal.append('b2', { n: 0, text: 'x'.repeat(9_000) })).rejects.toMatchObject({
    code: 'no-space',
  })
  await rm(filler())
  await journal.append('a1', { n: 99, text })
  await journal.append('b2', { n: 1, text })
  expect((await journals().read('a1')).map(({ n }) => n)).toEqual([...confirmed, 99])
  expect((await journals().read('b2')).map(({ n }) => n)).toEqual([1])
  return undefined
})

test('a document that is damaged on a full disk is read from its copy, again and again', async (context) => {
  if (!isMounted) return context.skip(WHY_NOT)
  const reports: string[] = []
  const open = () => openStore(disk, (message) => reports.push(message))
  await (await open()).updateProgress('lab', () => ({ stepsDone: 3, completedAt: null }))
  await writeFile(join(disk, 'progress.json'), '')
  await fill()
  for (const _time of [1, 2]) expect((await open()).progress().lab?.stepsDone).toBe(3)
  await rm(filler())
  const store = await open()
  await store.updateProgress('lab', () => ({ stepsDone: 4, completedAt: null }))
  expect((await open()).progress().lab?.stepsDone).toBe(4)
  expect(reports.every((report) => report.includes('uses the copy of its last state'))).toBe(true)
  return undefined
})

test('the folder is locked and given back on a full disk, and afterwards', async (context) => {
  if (!isMounted) return context.skip(WHY_NOT)
  await fill()
  const unlock = lockStore(disk)
  expect(() => lockStore(disk)).toThrow(expect.objectContaining({ code: 'session-exists' }))
  unlock()
  await rm(filler())
  lockStore(disk)()
  return undefined
})
