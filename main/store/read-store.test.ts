import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DEFAULT_SETTINGS, openStore, readStore } from '.'
import { stateOf } from './untouched.test-kit'

let folder: string
let reports: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-read-'))
  reports = []
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const read = () => readStore(folder, (message) => reports.push(message))
const put = (name: string, content: string) => writeFile(join(folder, name), content)
const EMPTY = { settings: DEFAULT_SETTINGS, progress: {} }

/** A store with a dark theme and the progress of one lab. */
async function fill(): Promise<void> {
  const store = await openStore(folder, expect.fail)
  await store.updateSettings((settings) => ({ ...settings, theme: 'dark' }))
  await store.updateProgress('lab', () => ({ stepsDone: 2, completedAt: null }))
}
const FILLED = {
  settings: { ...DEFAULT_SETTINGS, theme: 'dark' },
  progress: { lab: { stepsDone: 2, completedAt: null } },
}

/** Reads the store, and expects that the folder stays as it is. */
async function readUntouched() {
  const before = await stateOf(folder)
  try {
    return await read()
  } finally {
    expect(await stateOf(folder)).toEqual(before)
  }
}

test('a folder that is not there is not made', async () => {
  await rm(folder, { recursive: true })
  expect(await readUntouched()).toEqual(EMPTY)
})

test('an empty folder stays empty, without an owner', async () => {
  expect(await readUntouched()).toEqual(EMPTY)
})

test('what an app has saved is read, also in a folder that it would put right', async () => {
  await fill()
  await chmod(folder, 0o755)
  await chmod(join(folder, 'progress.json'), 0o644)
  await put('settings.json.999999999-1.new', '{"half')
  expect(await readUntouched()).toEqual(FILLED)
  expect(reports).toEqual([])
})

test.each(['', '{"version":1,', '{"version":1}', 'null'])(
  'documents that hold %j are left as they are, and reported; their copies are used',
  async (content) => {
    await fill()
    for (const name of ['settings.json', 'progress.json', 'store.json', 'consents.json'])
      await put(name, content)
    expect(await readUntouched()).toEqual(FILLED)
    expect(reports).toEqual([
      expect.stringMatching(
        /^settings\.json .+ left as it is, and Capstan uses the copy of its last state\.$/,
      ),
      expect.stringMatching(
        /^progress\.json .+ left as it is, and Capstan uses the copy of its last state\.$/,
      ),
    ])
  },
)

test('a damaged document without a copy counts as none', async () => {
  await put('settings.json', '{"version":1,"settings":{"theme":"pink"}}')
  expect(await readUntouched()).toEqual(EMPTY)
  expect(reports).toEqual([
    'settings.json does not have the form it should have. It was left as it is, and Capstan goes on without it.',
  ])
})

test('a document that is missing is read from its copy, and not written again', async () => {
  await fill()
  await rm(join(folder, 'progress.json'))
  expect(await readUntouched()).toEqual(FILLED)
  expect(reports).toEqual([])
})

test('a newer document, and one that is no file, are errors', async () => {
  await put('progress.json', '{"version":2}')
  await expect(readUntouched()).rejects.toMatchObject({ code: 'store-corrupt' })
  await rm(join(folder, 'progress.json'))
  await mkdir(join(folder, 'settings.json'))
  await expect(readUntouched()).rejects.toMatchObject({ code: 'store-corrupt' })
})
