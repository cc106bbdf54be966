import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { DEFAULT_SETTINGS, lockStore, openStore } from '.'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-store-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('what is saved is there when the store is opened again', async () => {
  const store = await openStore(folder, expect.fail)
  await store.saveSettings({ ...DEFAULT_SETTINGS, theme: 'dark' })
  await store.saveProgress('lab', { stepsDone: 3, completedAt: null })
  const again = await openStore(folder, expect.fail)
  expect(again.owner).toBe(store.owner)
  expect(again.settings().theme).toBe('dark')
  expect(again.progress()).toEqual({ lab: { stepsDone: 3, completedAt: null } })
  expect(await again.sessions.list()).toEqual([])
})

test('an old document without a pass mark gets the default', async () => {
  const { passMark: _passMark, ...older } = DEFAULT_SETTINGS
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ version: 1, settings: older }))
  expect((await openStore(folder, expect.fail)).settings()).toEqual(DEFAULT_SETTINGS)
})

test.each([
  ['settings', '{"version":1,"settings":{"theme":"pink"}}'],
  ['settings', '{"version":2,"settings":{}}'],
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
  await Promise.all(labs.map((lab) => store.saveProgress(lab, { stepsDone: 1, completedAt: null })))
  expect(Object.keys((await openStore(folder, expect.fail)).progress())).toEqual(labs)
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
