import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { importForeign } from '../../../exam'
import { runInThread } from '../own'
import { writeImport } from './write-import'

vi.mock(import('../own'), async (original) => {
  const actual = await original()
  return { ...actual, runInThread: vi.fn(actual.runInThread) }
})

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-import-'))
})
afterEach(async () => await rm(folder, { recursive: true }))

const imported = importForeign('Which port? {=80 ~81}', { name: 'quiz.gift', objective: 'NET-05', taken: [] })

test('what was written is read again in a thread, which a large file cannot make wait', async () => {
  expect(await writeImport(folder, 'quiz', imported)).toBe('quiz')
  expect(vi.mocked(runInThread).mock.calls.map(([job]) => job)).toMatchObject([
    { kind: 'files', files: ['quiz.yaml'] },
  ])
  expect(await readdir(join(folder, 'quiz'))).toEqual(['quiz.yaml'])
})

test.each([
  ['fewer questions', (text: string) => text, 2],
  ['a broken question', (text: string) => text.replace('kind: choice', 'kind: odd'), 1],
])('a file that holds %s is refused, and nothing of it stays', async (_what, change, items) => {
  const files = imported.files.map((file) => ({ ...file, text: change(file.text), items }))
  await expect(writeImport(folder, 'quiz', { files, pictures: [] })).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('cannot be read again'),
  })
  expect(await readdir(folder)).toEqual([])
})
