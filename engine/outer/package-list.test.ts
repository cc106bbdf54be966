import { mkdtempSync, rmSync, statSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkPackages, type PackageList, writePackageList } from './package-list'

let root: string
let list: PackageList
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'capstan-packages-'))
  writeFileSync(join(root, 'runc'), 'good')
  symlinkSync('runc', join(root, 'crun'))
  list = await writePackageList(root, new Date())
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

/** Long after the files were written. */
const later = () => Date.now() + 60_000
const atOnce = () => statSync(join(root, 'runc')).ctimeMs

/** Says that the files are those of the list, and counts how often it is asked. */
function countingReader() {
  const reader = {
    reads: 0,
    hashes: async () => {
      reader.reads++
      return list.files
    },
  }
  return reader
}

const change = { code: 'no-engine', message: expect.stringContaining('is not what it was') }

test.each([
  ['that nobody has touched are read once', later, 1],
  ['that have just been written are read each time', atOnce, 3],
])('files %s', async (_what, now, reads) => {
  const reader = countingReader()
  for (let start = 0; start < 3; start++) await checkPackages(root, list, { hashes: reader.hashes, now })
  expect(reader.reads).toBe(reads)
})

test('a change of the same size with the old times is seen', async () => {
  await checkPackages(root, list, { now: later })
  const path = join(root, 'runc')
  const { atime, mtime } = statSync(path)
  writeFileSync(path, 'evil')
  utimesSync(path, atime, mtime)
  await expect(checkPackages(root, list, { now: later })).rejects.toMatchObject(change)
})

test.each<[string, () => void]>([
  ['a file more', () => writeFileSync(join(root, 'more'), '')],
  ['a file less', () => rmSync(join(root, 'runc'))],
  [
    'a link elsewhere',
    () => {
      rmSync(join(root, 'crun'))
      symlinkSync('/bin/true', join(root, 'crun'))
    },
  ],
])('%s is seen', async (_what, touch) => {
  await checkPackages(root, list, { now: later })
  touch()
  await expect(checkPackages(root, list, { now: later })).rejects.toMatchObject(change)
})

test('another list is compared again', async () => {
  await checkPackages(root, list, { now: later })
  const files = { ...list.files, runc: 'another hash' }
  await expect(checkPackages(root, { files }, { now: later })).rejects.toMatchObject(change)
})
