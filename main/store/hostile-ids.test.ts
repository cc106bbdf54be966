import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { openApp } from '../../test/fakes/app'
import { contract, type Frame, type Port, serve } from '../api'
import { createHandlers } from '../services'
import { JournalFolder, openStore } from '.'
import { aRecord } from './records.test-kit'

const HOSTILE = [
  '../../victim',
  '../victim',
  '/etc/capstan-victim',
  'a/../../victim',
  'a\0b',
  'x'.repeat(5000),
  '..',
  '',
  '\u202evictim',
  'ᵃ․․⁄victim',
  '\ud800',
  'victim\n',
  '%2e%2e%2fvictim',
]

/** The calls whose texts are no names: they may be anything that their schema lets through. */
const FREE = new Set([
  'data',
  'content',
  'path',
  'endpoint',
  'tlsDirectory',
  'mode',
  'format',
  'action',
  'theme',
  'text',
  'packed',
  // They are compared with what was read, or become letters and digits: no path is made of them.
  'folder',
  'tag',
  'fileName',
  'questionsFolder',
])

let around: string
beforeEach(async () => {
  around = await mkdtemp(join(tmpdir(), 'capstan-hostile-'))
})
afterEach(() => rm(around, { recursive: true, force: true }))

/** Every file of a folder with its content, without what the app writes by itself. */
async function treeOf(folder: string): Promise<Map<string, string>> {
  const names = (await readdir(folder, { recursive: true })).sort()
  const all = names.map(async (name): Promise<[string, string]> => {
    const found = await stat(join(folder, name))
    return [name, found.isFile() ? await readFile(join(folder, name), 'utf8') : 'a folder']
  })
  return new Map(await Promise.all(all))
}

/** An input that fits the schema, with a text of the test in the place of every name. */
function inputOf(schema: z.ZodType, name: string, key = ''): unknown {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return sampleOf(json, name, key)
}

function sampleOf(json: z.core.JSONSchema._JSONSchema, name: string, key: string): unknown {
  if (typeof json === 'boolean') return null
  if (json.enum) return json.enum[0]
  const [first] = json.anyOf ?? []
  if (first) return sampleOf(first, name, key)
  if (json.type === 'object')
    return Object.fromEntries(
      Object.entries(json.properties ?? {}).map(([own, part]) => [own, sampleOf(part, name, own)]),
    )
  if (json.type === 'array')
    return [sampleOf(Array.isArray(json.items) ? true : (json.items ?? true), name, key)]
  if (json.type === 'string') return FREE.has(key) ? '' : name
  if (json.type === 'integer' || json.type === 'number') return Math.max(1, json.minimum ?? 1)
  return json.type === 'boolean' ? true : null
}

const hasNames = (schema: z.ZodType) =>
  JSON.stringify(inputOf(schema, 'a-name')).includes('a-name') &&
  !JSON.stringify(inputOf(schema, 'a-name')).includes('theme')

test('no call of the contract takes a name that leads out of the data folder', {
  timeout: 60_000,
}, async () => {
  const data = join(around, 'outer', 'data')
  await mkdir(data, { recursive: true })
  for (const path of ['victim', 'victim.jsonl', 'outer/victim.jsonl', 'outer/victim.json'])
    await writeFile(join(around, path), 'the file of another program\n')
  const store = await openStore(data, expect.fail)
  const { app, close } = await openApp({ store })
  try {
    const before = await treeOf(around)
    const sent = await askAll(app)
    const after = await treeOf(around)
    for (const tree of [before, after]) tree.delete('outer/data/capstan.log')
    expect(after).toEqual(before)
    expect(sent.count).toBeGreaterThan(20 * HOSTILE.length)
    expect(sent.taken).toEqual([])
  } finally {
    await close()
  }
})

/** Sends every hostile name with every call and stream that has names. @returns those that were not refused */
async function askAll(app: Parameters<typeof createHandlers>[0]) {
  const taken: string[] = []
  let count = 0
  for (const [kind, all] of [
    ['call', contract.calls],
    ['watch', contract.streams],
  ] as const)
    for (const [name, { in: schema }] of Object.entries(all).filter(([, one]) => hasNames(one.in)))
      for (const id of HOSTILE) {
        count++
        const answer = await ask(app, { t: kind, id: 1, name, in: inputOf(schema, id) })
        const isRefused = answer.t === 'error' && answer.error.code === 'bad-input'
        if (!isRefused) taken.push(`${name} ${JSON.stringify(id).slice(0, 40)}`)
      }
  return { count, taken }
}

function ask(
  app: Parameters<typeof createHandlers>[0],
  request: Frame,
): Promise<(Frame & { error?: never }) | Extract<Frame, { t: 'error' }>> {
  return new Promise((resolve) => {
    let receive: (raw: unknown) => void = () => undefined
    const port: Port = {
      send: (frame) => {
        if (frame.t !== 'hello') resolve(frame as never)
      },
      onFrame: (listener) => {
        receive = listener
        return () => undefined
      },
      onClose: () => () => undefined,
    }
    serve(contract, createHandlers(app), port, { onInternalError: () => undefined })
    receive(request)
  })
}

test('the store itself takes no such name either', async () => {
  const data = join(around, 'outer', 'data')
  const store = await openStore(data, expect.fail)
  const journals = new JournalFolder({
    folder: join(data, 'attempts'),
    entry: z.object({ n: z.number() }),
    onCorrupt: expect.fail,
  })
  await writeFile(join(around, 'victim.jsonl'), 'the journal of another program\n')
  await writeFile(join(around, 'outer', 'victim.json'), 'a document of another program\n')
  const before = await treeOf(around)
  for (const id of HOSTILE)
    for (const work of [
      () => journals.read(id),
      () => journals.append(id, { n: 1 }),
      () => journals.mark(id),
      () => store.sessions.save(aRecord({ id })),
      () => store.sessions.remove(id),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'bad-input' })
  expect(await treeOf(around)).toEqual(before)
})
