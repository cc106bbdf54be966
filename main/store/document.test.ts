import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Adapter } from 'lowdb'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { syncsIn } from '../../shared/system/syncs.test-kit'
import { JsonDocument } from './document'
import { copyOf } from './look'
import { understand } from './versions'

const schema = z.object({ names: z.array(z.string()) })
type Names = z.infer<typeof schema>
let folder: string
let path: string
let reports: string[]

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-document-'))
  path = join(folder, 'deep', 'names.json')
  reports = []
})
afterEach(async () => await rm(folder, { recursive: true }))

function open(adapter?: Adapter<unknown>): Promise<JsonDocument<Names>> {
  return JsonDocument.open({
    path,
    schema,
    migrations: [],
    initial: { names: [] },
    onCorrupt: (message) => reports.push(message),
    ...(adapter && { adapter }),
  })
}
const errorOf = (code: string) => Object.assign(new Error(code), { code })

/** A file in memory whose next writes fail with these codes. */
function failing(codes: string[]): Adapter<unknown> & { content: unknown } {
  return {
    content: null,
    async read() {
      return this.content
    },
    async write(data) {
      const code = codes.shift()
      if (code) throw errorOf(code)
      this.content = data
    },
  }
}

test('a document without a file has its initial value, and makes no file', async () => {
  const document = await open()
  expect(document.value).toEqual({ names: [] })
  expect(await readdir(join(folder, 'deep'))).toEqual([])
})

test('a value that was set is there for the next process', async () => {
  await (await open()).set({ names: ['ann'] })
  expect((await open()).value).toEqual({ names: ['ann'] })
  expect(JSON.parse(await readFile(path, 'utf8'))).toEqual({ names: ['ann'] })
})

test('a value is on the disk before its change resolves, and before its copy is touched', async () => {
  const document = await open()
  await document.set({ names: ['ann'] })
  const before = await readFile(path, 'utf8')
  const syncs = await syncsIn(folder)
  await document.set({ names: ['bob'] })
  const after = await readFile(path, 'utf8')
  expect(syncs.map(({ name }) => name)).toEqual([
    'deep/names.json.new',
    'deep',
    'deep/names.json.copy.new',
    'deep',
  ])
  expect(syncs[0]?.files['deep/names.json.new']).toBe(after)
  expect(syncs[1]?.files).toEqual({ 'deep/names.json': after, 'deep/names.json.copy': before })
  expect(syncs[3]?.files).toEqual({ 'deep/names.json': after, 'deep/names.json.copy': after })
})

test('changes at the same time all count', async () => {
  const document = await open()
  const names = Array.from({ length: 20 }, (_one, index) => `${index}`)
  await Promise.all(names.map((name) => document.update((value) => ({ names: [...value.names, name] }))))
  expect(document.value.names).toEqual(names)
  expect((await open()).value.names).toEqual(names)
})

test('a full disk is reported, the old value stays, and the next change goes on from it', async () => {
  const full = await open(failing(['ENOSPC']))
  await expect(full.set({ names: ['bob'] })).rejects.toMatchObject({
    code: 'no-space',
    message: `${path} could not be saved: the disk is full.`,
    help: expect.stringContaining('Make room'),
  })
  expect(full.value).toEqual({ names: [] })
  await full.update(({ names }) => ({ names: [...names, 'eve'] }))
  expect(full.value).toEqual({ names: ['eve'] })
})

test.each([
  ['EDQUOT', 'no-space'],
  ['EACCES', 'store-corrupt'],
  ['EROFS', 'store-corrupt'],
])('a write that fails with %s is %s', async (code, ours) => {
  const adapter = failing([code])
  const document = await open(adapter)
  await expect(document.set({ names: ['ann'] })).rejects.toMatchObject({ code: ours, cause: { code } })
  expect(document.value).toEqual({ names: [] })
  expect(adapter.content).toBeNull()
})

test('a change that throws writes nothing', async () => {
  const document = await open()
  const change = () => {
    throw new Error('no')
  }
  await expect(document.update(change)).rejects.toThrow('no')
  await document.set({ names: ['ann'] })
  expect((await open()).value).toEqual({ names: ['ann'] })
})

test.each([
  ['half a document', '{"names":["an', 'is not complete JSON'],
  ['nothing', '', 'is not complete JSON'],
  ['another form', '{"names":"ann"}', 'does not have the form'],
  ['null', 'null', 'does not have the form'],
  ['false', 'false', 'does not have the form'],
])('%s is kept aside and reported, and the document starts fresh', async (_what, content, words) => {
  await mkdir(join(folder, 'deep'))
  await writeFile(path, content)
  const document = await open()
  expect(document.value).toEqual({ names: [] })
  expect(reports).toEqual([expect.stringContaining(`names.json ${words}`)])
  const [aside = ''] = await readdir(join(folder, 'deep'))
  expect(aside).toMatch(/^names\.json\.corrupt-/)
  expect(await readFile(join(folder, 'deep', aside), 'utf8')).toBe(content)
  await document.set({ names: ['ann'] })
  expect((await open()).value).toEqual({ names: ['ann'] })
  expect(reports).toHaveLength(1)
})

test('a file that cannot be read is an error, and is not moved', async () => {
  await mkdir(path, { recursive: true })
  await expect(open()).rejects.toMatchObject({
    code: 'store-corrupt',
    message: `${path} could not be read.`,
    cause: { message: `${path} is not a file.` },
  })
  expect(await readdir(join(folder, 'deep'))).toEqual(['names.json'])
  expect(reports).toEqual([])
})

test('a folder that cannot be made is an error', async () => {
  await writeFile(join(folder, 'deep'), 'a file where a folder should be')
  await expect(open()).rejects.toMatchObject({ code: 'store-corrupt' })
})

test.each([
  ['is empty after a power cut', ''],
  ['was cut', '{"names":["a'],
  ['has another form', '{"names":3}'],
])('a document that %s is read from its copy, is kept aside, and is whole again', async (_what, content) => {
  await (await open()).set({ names: ['ann'] })
  await writeFile(path, content)
  expect((await open()).value).toEqual({ names: ['ann'] })
  expect(reports).toEqual([expect.stringMatching(/It was kept as .*, and Capstan uses the copy/)])
  expect((await open()).value).toEqual({ names: ['ann'] })
  expect(reports).toHaveLength(1)
  expect(await readFile(path, 'utf8')).toBe(await readFile(copyOf(path), 'utf8'))
  const aside = (await readdir(join(folder, 'deep'))).find((name) => name.includes('.corrupt-')) ?? ''
  expect(await readFile(join(folder, 'deep', aside), 'utf8')).toBe(content)
})

test('a document that is missing is read from its copy, and a damaged copy does not matter', async () => {
  await (await open()).set({ names: ['ann'] })
  await rm(path)
  expect((await open()).value).toEqual({ names: ['ann'] })
  expect(reports).toEqual(['names.json was missing, and Capstan uses the copy of its last state.'])
  await writeFile(copyOf(path), 'x')
  expect((await open()).value).toEqual({ names: ['ann'] })
  await writeFile(path, 'x')
  expect((await open()).value).toEqual({ names: [] })
})

test('a change that gives back the value writes nothing', async () => {
  const document = await open()
  expect(await document.update((value) => value)).toBe(false)
  expect(await readdir(join(folder, 'deep'))).toEqual([])
  expect(await document.update(() => ({ names: [] }))).toBe(true)
})

test.each(['names.json', 'names.json.copy'])(
  'a newer %s is refused, and all stays as it is',
  async (name) => {
    await (await open()).set({ names: ['ann'] })
    await writeFile(path, 'damaged')
    const newer = '{ "version": 2, "names": { "first": "ann" } }\n'
    await writeFile(join(folder, 'deep', name), newer)
    const content = async () =>
      await Promise.all(
        (await readdir(join(folder, 'deep'))).map(async (one) => [
          one,
          await readFile(join(folder, 'deep', one), 'utf8'),
        ]),
      )
    const before = await content()
    await expect(open()).rejects.toMatchObject({
      code: 'store-corrupt',
      message: `${path} was written by a newer Capstan.`,
      help: expect.stringContaining('Update Capstan'),
    })
    expect(await content()).toEqual(before)
    expect(reports).toEqual([])
  },
)

test('an older document is brought up to date by the steps after its version', () => {
  const Third = z.object({ version: z.literal(3), all: z.array(z.string()) })
  const migrations = [
    (document: unknown) => ({ version: 2, list: schema.parse(document).names }),
    (document: unknown) => ({
      version: 3,
      all: z.object({ list: z.array(z.string()) }).parse(document).list,
    }),
  ]
  const read = (raw: unknown) => understand(raw, { schema: Third, migrations })
  const good = { kind: 'good', value: { version: 3, all: ['ann'] } }
  expect(read({ version: 1, names: ['ann'] })).toEqual(good)
  expect(read({ names: ['ann'] })).toEqual(good)
  expect(read({ version: 2, list: ['ann'] })).toEqual(good)
  expect(read({ version: 3, all: ['ann'] })).toEqual(good)
  expect(read({ version: 4 })).toEqual({ kind: 'newer' })
  expect(read({ version: 1 })).toMatchObject({ kind: 'damaged' })
  expect(read({ version: 'x', names: 3 })).toMatchObject({ kind: 'damaged' })
})
