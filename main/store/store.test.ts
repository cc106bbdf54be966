import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SessionRecord } from '../../engine'
import { DEFAULT_SETTINGS, lockStore, openStore } from '.'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-store-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const record: SessionRecord = {
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
}

test('what is saved is there when the store is opened again', async () => {
  const store = await openStore(folder, expect.fail)
  await store.saveSettings({ ...DEFAULT_SETTINGS, theme: 'dark' })
  await store.saveProgress('lab', { stepsDone: 3, completedAt: null })
  await store.sessions.save(record)
  const again = await openStore(folder, expect.fail)
  expect(again.owner).toBe(store.owner)
  expect(again.settings().theme).toBe('dark')
  expect(again.progress()).toEqual({ lab: { stepsDone: 3, completedAt: null } })
  expect(await again.sessions.list()).toEqual([record])
})

test.each([
  ['half a document', '{"version":1,"sett', 'is not complete JSON'],
  ['another form', '{"version":1,"settings":{"theme":"pink"}}', 'does not have the form'],
  ['nothing', '', 'is not complete JSON'],
  ['a later version', '{"version":2,"settings":{}}', 'does not have the form'],
])('%s is kept aside and told, and the defaults are used', async (_what, content, words) => {
  await writeFile(join(folder, 'settings.json'), content)
  const told = vi.fn()
  const store = await openStore(folder, told)
  expect(store.settings()).toEqual(DEFAULT_SETTINGS)
  expect(told).toHaveBeenCalledWith(expect.stringContaining(words))
  const aside = (await readdir(folder)).find((name) => name.startsWith('settings.json.corrupt-')) ?? ''
  expect(await readFile(join(folder, aside), 'utf8')).toBe(content)
})

test('one spoilt session does not hide the others', async () => {
  const store = await openStore(folder, () => undefined)
  await store.sessions.save(record)
  await writeFile(join(folder, 'sessions', 'b2.json'), 'x')
  const again = await openStore(folder, () => undefined)
  expect((await again.sessions.list()).map(({ id }) => id)).toEqual(['a1'])
})

test('a folder is held by one app, and a dead one does not hold it', async () => {
  await openStore(folder, expect.fail)
  // Process 1 is always alive, and never this one.
  await writeFile(join(folder, 'app.pid'), '1')
  expect(() => lockStore(folder)).toThrow('is open already')
  await writeFile(join(folder, 'app.pid'), '999999999')
  lockStore(folder)()
  expect(await readdir(folder)).not.toContain('app.pid')
})
