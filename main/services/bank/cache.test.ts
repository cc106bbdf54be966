import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadBank } from './bank'

const ours = fileURLToPath(new URL('../../../questions', import.meta.url))
let resources: string
let cache: string
let file: string

beforeEach(async () => {
  resources = await mkdtemp(join(tmpdir(), 'capstan-bank-'))
  cache = join(resources, 'cache', 'bank')
  file = join(resources, 'questions', 'storage', 'one.yaml')
  await mkdir(join(resources, 'questions', 'storage'), { recursive: true })
  await copyFile(join(ours, 'blueprint.yaml'), join(resources, 'questions', 'blueprint.yaml'))
  const [first = '', second = ''] = (await readdir(join(ours, 'storage'))).sort()
  await copyFile(join(ours, 'storage', first), file)
  await copyFile(join(ours, 'storage', second), join(resources, 'questions', 'storage', 'two.yaml'))
  for (const name of ['one', 'two']) await age(join(resources, 'questions', 'storage', `${name}.yaml`))
})
afterEach(() => rm(resources, { recursive: true }))

/** As if it had been written a minute ago. */
async function age(path: string): Promise<void> {
  const then = new Date(Date.now() - 60_000)
  await utimes(path, then, then)
}
const load = async () => (await loadBank(resources, { cache })).bank
const parsed = async () => (await loadBank(resources)).bank

/** Puts another stem into the cache and corrects its checksum, to see whether the cache is read. */
async function cacheIsRead(): Promise<boolean> {
  const { createHash } = await import('node:crypto')
  const [header = '', ...body] = (await readFile(cache, 'utf8')).split('\n')
  const marked = body.join('\n').replaceAll('"stem":"', '"stem":"CACHED ')
  const checksum = createHash('sha1').update(marked).digest('hex')
  await writeFile(cache, `${JSON.stringify({ ...JSON.parse(header), checksum })}\n${marked}`)
  return (await load()).items.some(({ stem }) => stem.startsWith('CACHED '))
}

test('what comes from the cache is what comes from the files', async () => {
  expect(await load()).toEqual(await parsed())
  const written = (await stat(cache)).mtimeMs
  expect(await load()).toEqual(await parsed())
  expect((await stat(cache)).mtimeMs).toBe(written)
  expect(await cacheIsRead()).toBe(true)
})

test('a file that was changed is parsed again, even when its size and time are the same', async () => {
  await load()
  const before = await stat(file)
  const text = await readFile(file, 'utf8')
  await writeFile(
    file,
    text.replace(/stem: (\|\s+)?[A-Z]/, (found) => `${found.slice(0, -1)}Z`),
  )
  await utimes(file, before.atime, before.mtime)
  expect((await stat(file)).size).toBe(before.size)
  const bank = await load()
  expect(bank).toEqual(await parsed())
  expect(bank.items[0]?.stem.startsWith('Z')).toBe(true)
  expect(await load()).toEqual(bank)
})

test('files that come and go are noticed', async () => {
  await load()
  await rm(file)
  expect((await load()).items.every(({ place }) => place.file === 'storage/two.yaml')).toBe(true)
  await copyFile(join(resources, 'questions', 'storage', 'two.yaml'), file)
  await age(file)
  expect(await load()).toEqual(await parsed())
})

test('a file written just now is not kept: its next change may carry the same time', async () => {
  await writeFile(file, await readFile(file))
  await load()
  expect(await readFile(cache, 'utf8')).not.toContain('storage/one.yaml')
})

test.each([
  ['cut in the middle', (content: Buffer) => content.subarray(0, content.length / 2)],
  ['cut in its first line', (content: Buffer) => content.subarray(0, 40)],
  ['empty', () => Buffer.alloc(0)],
  [
    'with a byte changed',
    (content: Buffer) => Buffer.from(content.map((byte, at) => (at === 9_000 ? 65 : byte))),
  ],
  [
    'of another program',
    (content: Buffer) => Buffer.from(content.toString().replace('"program":"', '"program":"x')),
  ],
  ['of another form', () => Buffer.from('[]\n[]\n')],
])('a cache %s is made anew', async (_what, spoil) => {
  await load()
  await writeFile(cache, spoil(await readFile(cache)))
  expect(await load()).toEqual(await parsed())
  expect(await cacheIsRead()).toBe(true)
})

test('a cache that cannot be written costs time, not the bank', async () => {
  await writeFile(join(resources, 'cache'), 'a file where a folder should be')
  expect(await load()).toEqual(await parsed())
})
