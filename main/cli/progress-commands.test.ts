import { mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { seedAttempts } from '../../test/e2e/seed'
import { cliFolder, runCli, runJson } from '../../test/run-cli'

const folder = cliFolder()
const LENGTH = 12
let data: string

beforeEach(async () => {
  data = join(folder.path, 'data')
})

/** Attempts of people who know every second, every third… item. */
async function seed(count: number): Promise<void> {
  await seedAttempts(
    data,
    Array.from({ length: count }, (_one, index) => ({
      id: `attempt${index}`,
      mode: 'real' as const,
      daysAgo: 1 + index,
      length: LENGTH,
      knows: (_item: unknown, place: number) => place % (index + 2) === 0,
    })),
  )
}

test('progress without any attempt is exported too', async () => {
  const { exitCode, answer } = await runJson('exam', 'export')
  expect(exitCode).toBe(0)
  expect(answer).toMatchObject({ ok: true, format: 'json', attempts: 0, file: null })
  expect(JSON.parse(answer.text)).toMatchObject({ capstan: 'progress', attempts: [] })
})

test('progress goes to stdout as a document, or to a file as a table', async () => {
  await seed(2)
  const { exitCode, out } = await runCli(['exam', 'export'])
  expect(exitCode).toBe(0)
  const document = JSON.parse(out)
  expect(document.attempts.map(({ id }: { id: string }) => id).sort()).toEqual(['attempt0', 'attempt1'])
  const file = join(folder.path, 'all.csv')
  expect(await runCli(['exam', 'export', '--format', 'csv', '--out', file])).toEqual({
    exitCode: 0,
    out: `2 attempts in ${file}\n`,
    err: '',
  })
  const rows = (await readFile(file, 'utf8')).trim().split(/\r?\n/)
  expect(rows).toHaveLength(1 + 2 * LENGTH)
})

test('a damaged journal is reported and left as it is; the others are exported', async () => {
  await seed(1)
  const path = join(data, 'attempts', 'broken.jsonl')
  await writeFile(path, 'nonsense\n')
  const { exitCode, answer, err } = await runJson('exam', 'export')
  expect(exitCode).toBe(0)
  expect(answer.attempts).toBe(1)
  expect(err).toContain('broken.jsonl is damaged: line 1 is not an entry. It was left as it is.')
  expect(await readFile(path, 'utf8')).toBe('nonsense\n')
})

test('a format that nobody knows ends with exit code 2', async () => {
  expect(await runJson('exam', 'export', '--format', 'pdf')).toMatchObject({
    exitCode: 2,
    answer: { error: { code: 'bad-input', message: 'There is no format "pdf".', help: 'Use csv or json.' } },
  })
})

test('statistics count each attempt once, and leave out what is no export', async () => {
  await seed(2)
  const exports = join(folder.path, 'class')
  await mkdir(exports)
  await runCli(['exam', 'export', '--out', join(exports, 'all.json')])
  await writeFile(join(exports, 'again.json'), await readFile(join(exports, 'all.json')))
  await writeFile(join(exports, 'notes.json'), '{"not":"an export"}')
  await writeFile(join(exports, 'half.json'), '{"capstan":')
  await writeFile(join(exports, 'huge.json'), '')
  await truncate(join(exports, 'huge.json'), 2 ** 40)
  await writeFile(join(exports, 'notes.txt'), 'left alone')
  const { exitCode, answer, err } = await runJson('exam', 'statistics', exports)
  expect(exitCode).toBe(0)
  expect(answer).toMatchObject({ ok: true, attempts: 2 })
  const answers = answer.items.reduce((sum: number, { count }: { count: number }) => sum + count, 0)
  expect(answers).toBe(2 * LENGTH)
  expect(err).toBe(
    ['half', 'huge', 'notes']
      .map((name) => `! ${name}.json is not an export of progress: left out\n`)
      .join(''),
  )
  const words = await runCli(['exam', 'statistics', exports])
  expect(words.out).toMatch(/^2 attempts, 24 answers, \d+ items\n/)
  expect(words.out).toMatch(/^ {14}–|^ +\d+ {2}.*%.*/m)
})

test.each([
  ['a folder that is not there', 'nowhere', 'not-found'],
  ['a folder without exports', 'data', 'bad-input'],
])('statistics of %s end with exit code 2', async (_what, name, code) => {
  expect(await runJson('exam', 'statistics', join(folder.path, name))).toMatchObject({
    exitCode: 2,
    answer: { ok: false, error: { code, help: expect.any(String) } },
  })
})
