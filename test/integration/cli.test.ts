import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { seedAttempts } from '../e2e/seed'
import { temporaryFolder } from '../faults/host'
import { commandOn } from './cli'
import { openEngine, type ReadyEngine } from './engine-fixture'

let ready: ReadyEngine
let data: Awaited<ReturnType<typeof temporaryFolder>>
let capstan: ReturnType<typeof commandOn>

beforeAll(async () => {
  ready = await openEngine()
})
beforeEach(async () => {
  data = await temporaryFolder()
  capstan = commandOn(data.path)
})
afterEach(async () => {
  await data.remove()
})
afterAll(async () => {
  await ready?.[Symbol.asyncDispose]()
})

test('a lab is started, refused a second time, checked and stopped', async () => {
  const started = await capstan('lab', 'start', 'container-life')
  expect(started).toMatchObject({ exitCode: 0, answer: { lab: 'container-life', nodes: ['node1'] } })
  const { session } = started.answer as { session: string }

  const again = await capstan('lab', 'start', 'container-life')
  expect(again).toMatchObject({ exitCode: 2, answer: { ok: false, error: { code: 'session-exists' } } })

  const checked = await capstan('lab', 'check', session)
  expect(checked).toMatchObject({ exitCode: 1, answer: { ok: false, session } })

  expect(await capstan('lab', 'stop', session)).toEqual({ exitCode: 0, answer: { ok: true, session } })
  expect(await capstan('lab', 'check', session)).toMatchObject({ answer: { error: { code: 'not-found' } } })
})

test('a class: exports of its members make statistics of items, each attempt counted once', async () => {
  const exports = join(data.path, 'class')
  await mkdir(exports)
  const members = Array.from({ length: 3 }, (_, member) => ({
    id: `member${member}`,
    mode: 'real' as const,
    daysAgo: 1,
    length: 20,
    knows: (_item: unknown, index: number) => index % 3 <= member,
  }))
  await seedAttempts(data.path, members)
  const exported = await capstan('exam', 'export', '--out', join(exports, 'all.json'))
  expect(exported).toMatchObject({ exitCode: 0, answer: { ok: true, format: 'json', attempts: 3 } })
  await writeFile(join(exports, 'again.json'), await readFile(join(exports, 'all.json')))
  await writeFile(join(exports, 'notes.json'), '{"not": "an export"}')

  const statistics = await capstan('exam', 'statistics', exports)
  expect(statistics).toMatchObject({ exitCode: 0, answer: { ok: true, attempts: 3 } })
  const { items } = statistics.answer as { items: { count: number; difficulty: number }[] }
  expect(items.reduce((sum, { count }) => sum + count, 0)).toBe(60)

  const csv = await capstan('exam', 'export', '--format', 'csv', '--out', join(exports, 'all.csv'))
  expect(csv.exitCode).toBe(0)
  const rows = (await readFile(join(exports, 'all.csv'), 'utf8')).trim().split(/\r?\n/)
  expect(rows).toHaveLength(61)
  expect(await capstan('exam', 'statistics', join(data.path, 'nowhere'))).toMatchObject({
    exitCode: 2,
    answer: { error: { code: 'not-found' } },
  })
})
