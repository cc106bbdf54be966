import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fileLog } from './log'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-log-'))
})
afterEach(() => rm(folder, { recursive: true }))

const now = () => new Date(0)
const linesOf = async (name: string) =>
  (await readFile(join(folder, name), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))

test('a line has its time, its level, its message and its fields', async () => {
  const log = fileLog(join(folder, 'deep', 'app.log'), { now })
  log.info('started', { port: 80 })
  log.info('no fields')
  expect(await linesOf('deep/app.log')).toEqual([
    { time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'started', port: 80 },
    { time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'no fields' },
  ])
})

test('an error is logged with its stack, anything else with its text', async () => {
  const log = fileLog(join(folder, 'app.log'), { now })
  log.error('failed', new TypeError('oh no'), { call: 'x' })
  log.error('failed', 'just a text')
  const [first, second] = await linesOf('app.log')
  expect(first).toMatchObject({ level: 'error', call: 'x' })
  expect(first.error).toMatch(/^TypeError: oh no\n\s+at /)
  expect(second.error).toBe('just a text')
})

test('a file that grew too large is put aside, and the one before it goes', async () => {
  const log = fileLog(join(folder, 'app.log'), { now, largestBytes: 200 })
  const long = 'x'.repeat(150)
  for (const count of [1, 2, 3, 4, 5, 6]) log.info(`${count}${long}`)
  expect((await readdir(folder)).sort()).toEqual(['app.log', 'app.log.1'])
  const first = (lines: { message: string }[]) => lines.map(({ message }) => message[0])
  // A line of about 210 bytes is more than the limit, so each line is put aside before the next one.
  expect(first(await linesOf('app.log'))).toEqual(['6'])
  expect(first(await linesOf('app.log.1'))).toEqual(['5'])
})

test('a log that cannot be written does not end the app', async () => {
  const path = join(folder, 'app.log')
  await mkdir(path)
  const log = fileLog(path, { now })
  expect(() => log.info('lost')).not.toThrow()
  expect(await readdir(path)).toEqual([])
})
