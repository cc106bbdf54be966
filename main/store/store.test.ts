import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { DEFAULT_SETTINGS, JournalFolder, lockStore, openStore, progressIn } from '.'
import { aRecord } from './records.test-kit'

const RECORD = aRecord()

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-store-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('what is saved is there when the store is opened again', async () => {
  const store = await openStore(folder, expect.fail)
  await store.updateSettings((settings) => ({ ...settings, theme: 'dark' }))
  await store.updateProgress('lab', () => ({ stepsDone: 3, completedAt: null }))
  const again = await openStore(folder, expect.fail)
  expect(again.owner).toBe(store.owner)
  expect(again.settings().theme).toBe('dark')
  expect(again.progress()).toEqual({ lab: { stepsDone: 3, completedAt: null } })
  expect(await again.sessions.list()).toEqual([])
})

test('an old document without the newer settings gets their defaults', async () => {
  const { passMark: _passMark, timeFactor: _timeFactor, ...older } = DEFAULT_SETTINGS
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ version: 1, settings: older }))
  expect((await openStore(folder, expect.fail)).settings()).toEqual(DEFAULT_SETTINGS)
})

test.each([
  ['settings', '{"version":1,"settings":{"theme":"pink"}}'],
  ['progress', '{"version":1,"labs":{"lab":{"stepsDone":"many"}}}'],
  ['store', '{"version":1}'],
])(
  'a damaged %s.json is kept aside and reported, and the store opens with defaults (%#)',
  async (name, content) => {
    await writeFile(join(folder, `${name}.json`), content)
    const onCorrupt = vi.fn()
    const store = await openStore(folder, onCorrupt)
    expect(store.settings()).toEqual(DEFAULT_SETTINGS)
    expect(store.progress()).toEqual({})
    expect(store.owner).not.toBe('')
    expect(onCorrupt).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining(`${name}.json does not have the form`),
    )
    const aside = (await readdir(folder)).find((one) => one.startsWith(`${name}.json.corrupt-`)) ?? ''
    expect(await readFile(join(folder, aside), 'utf8')).toBe(content)
  },
)

test('progress of two labs that is saved at the same time is there for both', async () => {
  const store = await openStore(folder, expect.fail)
  const labs = Array.from({ length: 12 }, (_one, index) => `lab-${index}`)
  const done = { stepsDone: 1, completedAt: null }
  await Promise.all(labs.map((lab) => store.updateProgress(lab, () => done)))
  expect(Object.keys((await openStore(folder, expect.fail)).progress())).toEqual(labs)
})

test('changes of one lab, and of the settings, start from the change before', async () => {
  const store = await openStore(folder, expect.fail)
  const step = () =>
    store.updateProgress('lab', (before) => ({ stepsDone: (before?.stepsDone ?? 0) + 1, completedAt: null }))
  const wider = () => store.updateSettings((settings) => ({ ...settings, passMark: settings.passMark + 1 }))
  await Promise.all(Array.from({ length: 10 }, () => [step(), wider()]).flat())
  const again = await openStore(folder, expect.fail)
  expect(again.progress().lab?.stepsDone).toBe(10)
  expect(again.settings().passMark).toBe(DEFAULT_SETTINGS.passMark + 10)
})

test('settled waits for every change that was asked for, and for one that fails', async () => {
  const store = await openStore(folder, expect.fail)
  const failed = expect(store.updateSettings(() => expect.fail('no'))).rejects.toThrow('no')
  void store.updateProgress('lab', () => ({ stepsDone: 3, completedAt: null }))
  await store.settled()
  expect((await openStore(folder, expect.fail)).progress().lab?.stepsDone).toBe(3)
  await failed
})

test('a lab may be called as something that every object has', async () => {
  const store = await openStore(folder, expect.fail)
  const seen: unknown[] = []
  for (const _time of [1, 2])
    await store.updateProgress('constructor', (before) => {
      seen.push(before)
      return { stepsDone: 2, completedAt: null }
    })
  expect(seen).toEqual([undefined, { stepsDone: 2, completedAt: null }])
  expect(progressIn(store.progress(), 'toString')).toBeUndefined()
})

test('whoever made the folder and whatever the umask is, only the owner may read what is kept', async () => {
  const before = process.umask(0)
  try {
    await mkdir(join(folder, 'attempts'), { mode: 0o777 })
    await mkdir(join(folder, 'sessions'), { mode: 0o755 })
    for (const name of [
      'progress.json',
      'attempts/a1.jsonl',
      'attempts/a1.jsonl.corrupt-2026',
      'capstan.log',
    ])
      await writeFile(join(folder, name), '{"version":1,"labs":{}}', { mode: 0o644 })
    await chmod(folder, 0o755)
    const store = await openStore(folder, expect.fail)
    await store.updateSettings((settings) => ({ ...settings, theme: 'dark' }))
    await store.sessions.save(RECORD)
    const journals = new JournalFolder({
      folder: join(folder, 'hands-on'),
      entry: z.object({ n: z.number() }),
      onCorrupt: expect.fail,
    })
    await journals.append('h1', { n: 1 })
    const modes = (await readdir(folder, { recursive: true })).map(async (name) => {
      const found = await stat(join(folder, name))
      return [name, (found.mode & 0o777).toString(8), found.isDirectory() ? '700' : '600'] as const
    })
    const all = await Promise.all(modes)
    expect(all.length).toBeGreaterThan(10)
    expect(all.filter(([, mode, wanted]) => mode !== wanted)).toEqual([])
    expect(((await stat(folder)).mode & 0o777).toString(8)).toBe('700')
  } finally {
    process.umask(before)
  }
})

test('a folder that several users share, and files that are not ours, keep their modes', async () => {
  await chmod(folder, 0o1777)
  await writeFile(join(folder, 'notes.txt'), '', { mode: 0o644 })
  await symlink('notes.txt', join(folder, 'linked.json'))
  await openStore(folder, expect.fail)
  expect((await stat(folder)).mode & 0o7777).toBe(0o1777)
  expect((await stat(join(folder, 'notes.txt'))).mode & 0o777).toBe(0o644)
})

test('a pipe in the place of a document is an error, and nobody waits for it', async () => {
  execFileSync('mkfifo', [join(folder, 'settings.json')])
  await expect(openStore(folder, expect.fail)).rejects.toMatchObject({ code: 'store-corrupt' })
})

test('a file that a killed process had begun is removed when the store opens', async () => {
  await openStore(folder, expect.fail)
  await mkdir(join(folder, 'sessions'))
  const begun = ['settings.json.999999999-7.new', join('sessions', 'a1.json.999999999-8.new')]
  for (const name of begun) await writeFile(join(folder, name), '{"half')
  await openStore(folder, expect.fail)
  for (const name of begun) await expect(stat(join(folder, name))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a folder is held by one app, and a file that nobody has open does not hold it', async () => {
  await openStore(folder, expect.fail)
  // What an older version left, and what a full disk left.
  await writeFile(join(folder, 'app.pid'), '1')
  await writeFile(join(folder, 'app.lock'), '')
  const unlock = lockStore(folder)
  expect(() => lockStore(folder)).toThrow(
    expect.objectContaining({
      code: 'session-exists',
      message: expect.stringMatching(new RegExp(`is open already on .+: process ${process.pid} .+ since `)),
    }),
  )
  unlock()
  lockStore(folder)()
})
