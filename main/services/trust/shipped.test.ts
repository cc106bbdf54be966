import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadCatalogue } from '../../../engine'
import { readShippedLabs, writeShippedLabs } from './shipped'

const LAB = fileURLToPath(new URL('../../../labs/installation/container-life', import.meta.url))
const NAME = 'installation/container-life'
let folder: string
let labs: string
let list: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'capstan-shipped-'))
  labs = join(folder, 'labs')
  list = join(folder, 'labs.json')
  await cp(LAB, join(labs, NAME), { recursive: true })
})
afterEach(async () => await rm(folder, { recursive: true }))

test('the list of the build names each lab with the hash of its folder', async () => {
  await writeShippedLabs(labs, list)
  const shipped = await readShippedLabs(labs, list)
  expect([...shipped.hashes.keys()]).toEqual([NAME])
  expect(shipped.hashes.get(NAME)).toMatch(/^[0-9a-f]{64}$/)
})

test('what changes after the build is not in the list', async () => {
  await writeShippedLabs(labs, list)
  const before = (await readShippedLabs(labs, list)).hashes.get(NAME)
  await writeFile(join(labs, NAME, 'more.sh'), 'echo more')
  await cp(LAB, join(labs, 'installation/another'), { recursive: true })
  expect([...(await readShippedLabs(labs, list)).hashes]).toEqual([[NAME, before]])
  expect((await readShippedLabs(labs, null)).hashes.get(NAME)).not.toBe(before)
})

test.each([
  ['no list', null],
  ['half a list', '{"version":1,"la'],
  ['a list of another version', '{"version":1,"labs":{}}'],
])('with %s no lab is known to ship', async (_what, text) => {
  if (text !== null) await writeFile(list, text)
  expect((await readShippedLabs(labs, list)).hashes.size).toBe(0)
})

test('the list holds each lab as it is parsed, without a path of the computer that built it', async () => {
  await writeShippedLabs(labs, list)
  expect(await readFile(list, 'utf8')).not.toContain(folder)
  const shipped = await readShippedLabs(labs, list)
  const [result] = await loadCatalogue(labs)
  expect(shipped.parsed.get(result?.lab?.hash ?? '')?.title).toBe(result?.lab?.title)
})
