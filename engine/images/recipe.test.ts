import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { jointHash, recipeHash } from './recipe'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'capstan-recipe-'))
  writeFileSync(join(folder, 'Dockerfile'), 'FROM base')
  writeFileSync(join(folder, 'entrypoint'), 'exec dockerd')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a recipe that has not changed has the same hash', async () => {
  expect(await recipeHash(folder, 'base')).toBe(await recipeHash(folder, 'base'))
  expect(await recipeHash(folder, 'base')).toMatch(/^[0-9a-f]{12}$/)
})

test('the hash is the one of earlier versions, so that nothing is built again', async () => {
  expect(await recipeHash(folder, 'base')).toBe('241098adb83b')
})

test.each<[string, () => void]>([
  ['the content of a file', () => writeFileSync(join(folder, 'entrypoint'), 'exec tini dockerd')],
  ['the name of a file', () => renameSync(join(folder, 'entrypoint'), join(folder, 'start'))],
  ['one more file', () => writeFileSync(join(folder, 'bashrc'), '')],
  ['one file less', () => rmSync(join(folder, 'entrypoint'))],
])('%s changes the hash', async (_what, change) => {
  const before = await recipeHash(folder, 'base')
  change()
  expect(await recipeHash(folder, 'base')).not.toBe(before)
})

test('another base changes the hash', async () => {
  expect(await recipeHash(folder, 'base')).not.toBe(await recipeHash(folder, 'other'))
})

test('a joint hash changes with each part and with their order', () => {
  const hashes = [['a', 'b'], ['b', 'a'], ['a'], ['a', 'c'], []].map(jointHash)
  expect(new Set(hashes).size).toBe(hashes.length)
})
